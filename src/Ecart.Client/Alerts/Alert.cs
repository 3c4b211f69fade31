using System.Text.Json.Serialization;

namespace Ecart.Client.Alerts;

/// <summary>An alert.</summary>
public sealed record Alert
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>Its domain.</summary>
    public required string Domain { get; init; }

    /// <summary>The event that raised it.</summary>
    public required string EventUid { get; init; }

    /// <summary>Kind of the entity: <c>account</c>.</summary>
    public required string EntityType { get; init; }

    /// <summary>The entity.</summary>
    public required string EntityId { get; init; }

    /// <summary>When the event happened, UTC.</summary>
    public required DateTime OccurredAt { get; init; }

    /// <summary>How bad.</summary>
    public required EventSeverity Severity { get; init; }

    /// <summary>0 to 1.</summary>
    public required double Score { get; init; }

    /// <summary>What kind of alert.</summary>
    [JsonPropertyName("type")]
    public required string Kind { get; init; }

    /// <summary>Where the work on it stands.</summary>
    public required AlertStatus Status { get; init; }

    /// <summary>Whose work it is; null for nobody's.</summary>
    public required string? AssignedTo { get; init; }

    /// <summary>What was last noted; null for nothing.</summary>
    public required string? Notes { get; init; }

    /// <summary>Counts its changes: an action that names it is refused when somebody was faster.</summary>
    public required int Revision { get; init; }

    /// <summary>Whether the pipeline has learned from the decision; null without one.</summary>
    public required AlertLabelState? Label { get; init; }

    /// <summary>When it was raised, UTC.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When it last changed, UTC.</summary>
    public required DateTime UpdatedAt { get; init; }

    /// <summary>When it was closed, UTC; null while it is open.</summary>
    public required DateTime? ResolvedAt { get; init; }

    /// <summary>Why.</summary>
    public required IReadOnlyList<EventReason> Reasons { get; init; }
}
