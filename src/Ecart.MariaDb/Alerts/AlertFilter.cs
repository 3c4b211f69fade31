using Ecart.Scoring;

namespace Ecart.MariaDb.Alerts;

/// <summary>Which alerts a list shows: those for which everything that is set holds.</summary>
public sealed record AlertFilter
{
    /// <summary>Any of these; empty: all.</summary>
    public IReadOnlyList<AlertStatus> Statuses { get; init; } = [];

    /// <summary>Any of these; empty: all.</summary>
    public IReadOnlyList<Severity> Severities { get; init; } = [];

    /// <summary>Of this domain.</summary>
    public string? Domain { get; init; }

    /// <summary>Of entities of this type.</summary>
    public string? EntityType { get; init; }

    /// <summary>Of this entity.</summary>
    public string? EntityId { get; init; }

    /// <summary>Of events from this moment on, UTC.</summary>
    public DateTime? From { get; init; }

    /// <summary>Of events before this moment, UTC.</summary>
    public DateTime? Until { get; init; }

    /// <summary>Somewhere in the uid, the entity, the notes or the explanation, in small or capital letters.</summary>
    public string? Text { get; init; }

    /// <summary>Assigned to this person; empty: to nobody.</summary>
    public string? AssignedTo { get; init; }
}
