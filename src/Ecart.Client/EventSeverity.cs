namespace Ecart.Client;

/// <summary>How bad an event is.</summary>
public enum EventSeverity
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>A little.</summary>
    Low,

    /// <summary>Worth a look.</summary>
    Medium,

    /// <summary>Worth a look soon.</summary>
    High,

    /// <summary>Worth a look now.</summary>
    Critical,
}
