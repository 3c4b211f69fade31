using Ecart.MariaDb.Alerts;
using Ecart.Scoring;

namespace Ecart.App.Alerts;

/// <summary>Everything that a person needs to decide an alert. Immutable.</summary>
public sealed record AlertDossier
{
    /// <summary>The alert.</summary>
    public required Alert Alert { get; init; }

    /// <summary>Its event; null when it is not kept any more.</summary>
    public required StoredEvent? Event { get; init; }

    /// <summary>Features by which the event is far from the entity's normal events, the strongest first; empty where there are none to compare with.</summary>
    public required IReadOnlyList<FeatureShare> Features { get; init; }

    /// <summary>The entity's nearest normal events before, the nearest first.</summary>
    public required IReadOnlyList<NearestEvent> Nearest { get; init; }

    /// <summary>How many normal events it was compared with.</summary>
    public required int NormalCount { get; init; }

    /// <summary>What the entity did before and after.</summary>
    public required IReadOnlyList<TimelinePoint> Timeline { get; init; }

    /// <summary>Score bands of the settings that made the verdict.</summary>
    public required SeverityOptions Bands { get; init; }

    /// <summary>Other alerts of the entity around it, the nearest in time first.</summary>
    public required IReadOnlyList<Alert> Related { get; init; }

    /// <summary>Who did what, the newest first.</summary>
    public required IReadOnlyList<AlertHistoryEntry> History { get; init; }
}
