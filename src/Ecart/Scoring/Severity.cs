namespace Ecart.Scoring;

/// <summary>How bad a verdict or a signature is.</summary>
public enum Severity : byte
{
    /// <summary>Nothing to show to a person.</summary>
    None,

    /// <summary>Below the flagging threshold; used only where a configuration asks for it.</summary>
    Low,

    /// <summary>By default a score of at least 0.5.</summary>
    Medium,

    /// <summary>By default a score of at least 0.65.</summary>
    High,

    /// <summary>By default a score of at least 0.8.</summary>
    Critical,
}
