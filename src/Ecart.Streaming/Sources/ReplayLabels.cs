namespace Ecart.Streaming.Sources;

/// <summary>How the truth that comes with records becomes labels.</summary>
/// <param name="Apply">Whether it does at all.</param>
/// <param name="Delay">How long after the event a label becomes known, unless the record says when.</param>
/// <param name="ApplyRest">Whether labels that become known only after the end of the stream are applied at its end.</param>
public sealed record ReplayLabels(bool Apply, TimeSpan Delay, bool ApplyRest)
{
    /// <summary>No labels.</summary>
    public static ReplayLabels None { get; } = new(false, TimeSpan.Zero, false);
}
