using Ecart.Scoring;

namespace Ecart.MariaDb.Alerts;

/// <summary>An alert. Immutable.</summary>
public sealed record Alert
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>Domain of the event.</summary>
    public required string Domain { get; init; }

    /// <summary>The event.</summary>
    public required string EventUid { get; init; }

    /// <summary>Lane of the event's place in the log of its domain.</summary>
    public required int Lane { get; init; }

    /// <summary>The event's place in its lane.</summary>
    public required long Seq { get; init; }

    /// <summary>Event time, UTC.</summary>
    public required DateTime OccurredAt { get; init; }

    /// <summary>Type of the entity whose normality is at stake.</summary>
    public required string EntityType { get; init; }

    /// <summary>That entity.</summary>
    public required string EntityId { get; init; }

    /// <summary>Kind of the evidence: distance, velocity, pattern, rule or combined.</summary>
    public required string Kind { get; init; }

    /// <summary>How bad.</summary>
    public required Severity Severity { get; init; }

    /// <summary>0 to 1.</summary>
    public required double Score { get; init; }

    /// <summary>Why.</summary>
    public required AlertExplanation Explanation { get; init; }

    /// <summary>Where the work stands.</summary>
    public required AlertStatus Status { get; init; }

    /// <summary>Whose work it is; null: nobody's.</summary>
    public required string? AssignedTo { get; init; }

    /// <summary>The newest comment; null without one.</summary>
    public required string? Notes { get; init; }

    /// <summary>When it was raised, UTC.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When it was last changed by somebody, UTC.</summary>
    public required DateTime UpdatedAt { get; init; }

    /// <summary>When it was closed, UTC; null while it is open.</summary>
    public required DateTime? ResolvedAt { get; init; }

    /// <summary>Goes up with each change: who acts on an older one has not seen what was done since.</summary>
    public required int Revision { get; init; }

    /// <summary>Whether a decision waits until the service of the domain has learned from it.</summary>
    public required bool IsUnlabelled { get; init; }
}
