namespace Ecart.MariaDb.Schema;

/// <summary>What a finding means for the program.</summary>
public enum FindingSeverity : byte
{
    /// <summary>It works, with the drawback told.</summary>
    Warning,

    /// <summary>It cannot work.</summary>
    Error,
}
