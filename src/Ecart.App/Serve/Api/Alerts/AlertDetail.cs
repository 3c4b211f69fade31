using Ecart.App.Alerts;
using Ecart.MariaDb.Alerts;
using Ecart.Scoring;

namespace Ecart.App.Serve.Api.Alerts;

/// <summary>Everything about an alert as the API and the command show it.</summary>
internal sealed record AlertDetail
{
    public required AlertItem Alert { get; init; }

    public required IReadOnlyList<AlertFinding> Evidence { get; init; }

    /// <summary>The event with its verdict; null when it is not kept any more.</summary>
    public required object? Event { get; init; }

    public required IReadOnlyList<FeatureShare> Features { get; init; }

    public required IEnumerable<object> Nearest { get; init; }

    public required SeverityOptions Bands { get; init; }

    public required IReadOnlyList<TimelinePoint> Timeline { get; init; }

    public required IEnumerable<AlertItem> Related { get; init; }

    public required IReadOnlyList<AlertHistoryEntry> History { get; init; }

    public static AlertDetail Of(AlertDossier dossier) => new()
    {
        Alert = AlertItem.Of(dossier.Alert),
        Evidence = dossier.Alert.Explanation.Findings,
        Event = dossier.Event is { } stored ? EventOf(stored) : null,
        Features = dossier.Features,
        Nearest = dossier.Nearest.Select(near => new { distance = near.Distance, differs_by = near.Differences, @event = EventOf(near.Event) }),
        Bands = dossier.Bands,
        Timeline = dossier.Timeline,
        Related = dossier.Related.Select(AlertItem.Of),
        History = dossier.History,
    };

    private static object EventOf(StoredEvent stored) => new
    {
        event_uid = stored.Uid,
        occurred_at = stored.OccurredAt,
        fields = stored.Fields.GroupBy(field => field.Name).ToDictionary(field => field.Key, field => field.First().Value),
        score = stored.Score,
        rank_score = stored.RankScore,
        distance = stored.Distance,
        is_flagged = stored.IsFlagged,
        severity = stored.Severity,
        is_late = stored.IsLate,
        suppressed_by = stored.SuppressedBy,
        label = stored.Label,
        versions = new { configuration = stored.ConfigurationVersion, embedding = stored.EmbeddingVersion },
    };
}
