using Ecart.App.Domains;
using Ecart.MariaDb.Alerts;
using Ecart.MariaDb.Configuration;
using Ecart.Scoring;

namespace Ecart.App.Alerts;

/// <summary>Gathers what a person needs to decide an alert, of any domain: a few bounded queries at the same time. Thread-safe.</summary>
internal sealed class AlertDossiers(string connectionString)
{
    /// <summary>Events before the alert in the history of its entity.</summary>
    public const int EventsBefore = 120;

    /// <summary>Events after it.</summary>
    public const int EventsAfter = 40;

    /// <summary>Entries of the alert's own history, at most.</summary>
    public const int MostHistory = 200;

    private const int ShownNearest = 5;
    private const int MostRelated = 20;
    private static readonly TimeSpan RelatedWithin = TimeSpan.FromDays(7);
    private readonly AlertBoard board = new(connectionString);
    private readonly ConfigurationStore configurations = new(connectionString);
    private readonly LayoutNames layouts = new(connectionString);

    /// <summary>Everything about an alert; null when there is none.</summary>
    public async Task<AlertDossier?> ReadAsync(long id, CancellationToken cancellationToken)
    {
        if (await board.FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } alert) return null;
        Task<IReadOnlyList<Alert>> related = board.ReadRelatedAsync(alert, RelatedWithin, MostRelated, cancellationToken);
        Task<IReadOnlyList<AlertHistoryEntry>> history = board.ReadHistoryAsync(id, MostHistory, cancellationToken);
        EntityEvents? events = ServedDomains.Find(alert.Domain) is { } domain ? new EntityEvents(connectionString, domain.MakeTable()) : null;
        Task<IReadOnlyList<TimelinePoint>> timeline = events?.ReadTimelineAsync(
            alert.EntityType, alert.EntityId, alert.OccurredAt, EventsBefore, EventsAfter, cancellationToken) ?? Task.FromResult<IReadOnlyList<TimelinePoint>>([]);
        StoredEvent? stored = events is null ? null : await events.FindAsync(alert.Lane, alert.Seq, alert.OccurredAt, cancellationToken).ConfigureAwait(false);
        // The place of an alert that was written by hand may be another event's.
        if (stored?.Uid != alert.EventUid) stored = null;
        SeverityOptions bands = await BandsAsync(alert, stored, cancellationToken).ConfigureAwait(false);
        (IReadOnlyList<FeatureShare> features, IReadOnlyList<NearestEvent> nearest, int count) = stored is null
            ? ([], [], 0)
            : await CompareAsync(events!, alert, stored, cancellationToken).ConfigureAwait(false);
        return new AlertDossier
        {
            Alert = alert,
            Event = stored,
            Features = features,
            Nearest = nearest,
            NormalCount = count,
            Timeline = await timeline.ConfigureAwait(false),
            Bands = bands,
            Related = await related.ConfigureAwait(false),
            History = await history.ConfigureAwait(false),
        };
    }

    private async Task<(IReadOnlyList<FeatureShare> Features, IReadOnlyList<NearestEvent> Nearest, int Count)> CompareAsync(
        EntityEvents events, Alert alert, StoredEvent stored, CancellationToken cancellationToken)
    {
        IReadOnlyList<NormalEvent> normal = await events.ReadNormalAsync(alert.EntityType, alert.EntityId, stored, cancellationToken).ConfigureAwait(false);
        if (normal.Count == 0) return ([], [], 0);
        var comparison = new NormalComparison(stored, await layouts.ReadAsync(alert.Domain, cancellationToken).ConfigureAwait(false));
        var nearest = new List<NearestEvent>();
        foreach ((NormalEvent near, double distance) in comparison.Nearest(normal, ShownNearest))
        {
            if (await events.FindAsync(near.Lane, near.Seq, near.OccurredAt, cancellationToken).ConfigureAwait(false) is { } whole)
                nearest.Add(new NearestEvent(whole, distance, comparison.Differences(near)));
        }

        return (comparison.Features(normal), nearest, normal.Count);
    }

    /// <summary>Of the version that made the verdict, else the usual ones.</summary>
    private async Task<SeverityOptions> BandsAsync(Alert alert, StoredEvent? stored, CancellationToken cancellationToken)
    {
        string? settings = stored is null
            ? null
            : await configurations.GetSettingsAsync(alert.Domain, stored.ConfigurationVersion, cancellationToken).ConfigureAwait(false);
        SeverityOptions bands = settings is null ? new SeverityOptions() : ScoreBands.Read(settings);
        return alert.Explanation.Threshold is { } flag ? bands with { Flag = flag } : bands;
    }
}
