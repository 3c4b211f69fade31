namespace Ecart.Client;

/// <summary>What the service says of an event: its verdict, or, when that did not come in time, a decision by policy.</summary>
public sealed record EventAnswer
{
    /// <summary>The event.</summary>
    public required string EventUid { get; init; }

    /// <summary>What to do with it.</summary>
    public required EventDecision Decision { get; init; }

    /// <summary>Whether policy decided, because no verdict came in time; then there is none below.</summary>
    public required bool Degraded { get; init; }

    /// <summary>Why policy decided: <c>budget_spent</c> or <c>store_away</c>; null otherwise.</summary>
    public string? Cause { get; init; }

    /// <summary>Whether it was known before; this is its first verdict then.</summary>
    public bool? Duplicate { get; init; }

    /// <summary>0 to 1: what decides. Null for an event that was too late to be scored.</summary>
    public double? Score { get; init; }

    /// <summary>What orders events by how strange they are; only its order means something.</summary>
    public double? RankScore { get; init; }

    /// <summary>Whether it is far from what is normal.</summary>
    public bool? IsAnomaly { get; init; }

    /// <summary>How bad.</summary>
    public EventSeverity? Severity { get; init; }

    /// <summary>Why, the parts of the score.</summary>
    public IReadOnlyList<EventReason>? Reasons { get; init; }

    /// <summary>Whether it came too late to be scored.</summary>
    public bool? Late { get; init; }

    /// <summary>The exception that silenced its alert; null for none.</summary>
    public long? SuppressedBy { get; init; }

    /// <summary>By what it was scored.</summary>
    public EventVersions? Versions { get; init; }
}
