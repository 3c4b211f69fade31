namespace Ecart.Client;

/// <summary>What became known about an event.</summary>
public sealed record LabelRequest
{
    /// <summary>The event.</summary>
    public required string EventUid { get; init; }

    /// <summary>Whether it was fraud, an attack, a failure: what the domain looks for.</summary>
    public required bool IsFraud { get; init; }

    /// <summary>When that became known; null for now.</summary>
    public DateTimeOffset? KnownAt { get; init; }

    /// <summary>Who says so, at most 64 characters; null for <c>http</c>.</summary>
    public string? Source { get; init; }
}
