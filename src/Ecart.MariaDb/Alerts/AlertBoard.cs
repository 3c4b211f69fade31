using Ecart.MariaDb.Writing;

namespace Ecart.MariaDb.Alerts;

/// <summary>The alerts of every domain, for people: lists, counts, one with its history and those that belong to it. Thread-safe.</summary>
public sealed class AlertBoard(string connectionString)
{
    /// <summary>A status is counted up to this many alerts: nobody needs to know by how many it is more, and counting millions takes time.</summary>
    public const int MostCounted = 2000;

    /// <summary>For how long a page seeks a text before it is shown with what was found.</summary>
    private static readonly TimeSpan SeekFor = TimeSpan.FromMilliseconds(60);

    private static readonly AlertStatus[] Statuses = Enum.GetValues<AlertStatus>();
    private readonly PooledStore store = new(connectionString);

    /// <summary>A page of a list.</summary>
    /// <param name="filter">Which alerts.</param>
    /// <param name="sort">In which order.</param>
    /// <param name="after">Where the list goes on; null: at its beginning.</param>
    /// <param name="most">Alerts of the page, at least 1.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>
    /// The alerts, and where the next page begins; null when there is none. A text is sought for a moment a page: such a page may hold fewer alerts than
    /// it could, even none, and the list goes on.
    /// </returns>
    public async Task<(IReadOnlyList<Alert> Alerts, AlertPosition? Next)> ListAsync(
        AlertFilter filter, AlertSort sort, AlertPosition? after, int most, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        long began = TimeProvider.System.GetTimestamp();
        var all = new List<Alert>();
        while (true)
        {
            (IReadOnlyList<Alert> found, AlertPosition? next) = await ReadPartAsync(filter, sort, after, most - all.Count, cancellationToken).ConfigureAwait(false);
            all.AddRange(found);
            if (next is null || all.Count == most || TimeProvider.System.GetElapsedTime(began) > SeekFor) return (all, next);
            after = next;
        }
    }

    /// <summary>How many alerts each status has, up to <see cref="MostCounted"/>.</summary>
    public async Task<IReadOnlyDictionary<AlertStatus, int>> CountAsync(CancellationToken cancellationToken)
    {
        string sql = string.Join(
            " UNION ALL ",
            Statuses.Select(status => $"SELECT '{StoredNames.Of(status)}', COUNT(*) FROM (SELECT 1 FROM anomaly_alerts a WHERE a.status = '{StoredNames.Of(status)}' LIMIT {MostCounted}) n"));
        IReadOnlyList<(AlertStatus Status, int Count)> counts = await store.ReadAsync(
            sql, row => (StoredNames.AlertStatusOf(row.GetString(0)), row.GetInt32(1)), cancellationToken).ConfigureAwait(false);
        return counts.ToDictionary(count => count.Status, count => count.Count);
    }

    /// <summary>One alert; null when there is none.</summary>
    public async Task<Alert?> FindAsync(long id, CancellationToken cancellationToken) =>
        (await store.ReadAsync($"SELECT {AlertRow.Columns} FROM anomaly_alerts a WHERE a.alert_id = @id", AlertRow.Read, cancellationToken, ("@id", id)).ConfigureAwait(false))
        is [var found] ? found : null;

    /// <summary>Other alerts of the same entity around an alert, the nearest in time first.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="window">How long before and after.</param>
    /// <param name="most">Alerts, at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IReadOnlyList<Alert>> ReadRelatedAsync(Alert alert, TimeSpan window, int most, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(alert);
        return store.ReadAsync(
            $"""
             SELECT {AlertRow.Columns} FROM anomaly_alerts a
             WHERE a.domain = @domain AND a.entity_type = @type AND a.entity_id = @entity AND a.occurred_at BETWEEN @since AND @until AND a.alert_id <> @id
             ORDER BY ABS(TIMESTAMPDIFF(SECOND, a.occurred_at, @at)), a.alert_id LIMIT @most
             """,
            AlertRow.Read,
            cancellationToken,
            ("@domain", alert.Domain),
            ("@type", alert.EntityType),
            ("@entity", alert.EntityId),
            ("@since", alert.OccurredAt - window),
            ("@until", alert.OccurredAt + window),
            ("@at", alert.OccurredAt),
            ("@id", alert.Id),
            ("@most", most));
    }

    /// <summary>Who did what to an alert, the newest first.</summary>
    public Task<IReadOnlyList<AlertHistoryEntry>> ReadHistoryAsync(long id, int most, CancellationToken cancellationToken) => store.ReadAsync(
        $"SELECT {HistoryRow.Columns} FROM alert_history h WHERE h.alert_id = @id ORDER BY h.history_id DESC LIMIT @most",
        HistoryRow.Read, cancellationToken, ("@id", id), ("@most", most));

    /// <summary>The newest alert and entry of a history, for a list that is kept up from now on.</summary>
    public async Task<(long Alert, long Entry)> ReadNewestAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<(long, long)> newest = await store.ReadAsync(
            "SELECT COALESCE((SELECT MAX(a.alert_id) FROM anomaly_alerts a), 0), COALESCE((SELECT MAX(h.history_id) FROM alert_history h), 0)",
            row => (row.GetInt64(0), row.GetInt64(1)), cancellationToken).ConfigureAwait(false);
        return newest[0];
    }

    /// <summary>The domains that have alerts or events.</summary>
    public Task<IReadOnlyList<string>> ReadDomainsAsync(CancellationToken cancellationToken) => store.ReadAsync(
        "SELECT DISTINCT l.domain FROM lanes l ORDER BY l.domain", row => row.GetString(0), cancellationToken);

    /// <summary>People who may work on alerts, by name.</summary>
    public Task<IReadOnlyList<string>> ReadAssigneesAsync(CancellationToken cancellationToken) => store.ReadAsync(
        "SELECT u.name FROM access_users u WHERE u.role IN ('analyst', 'admin') AND NOT u.is_disabled ORDER BY u.name", row => row.GetString(0), cancellationToken);

    private async Task<(IReadOnlyList<Alert> Alerts, AlertPosition? Next)> ReadPartAsync(
        AlertFilter filter, AlertSort sort, AlertPosition? after, int most, CancellationToken cancellationToken)
    {
        var query = new AlertQuery(filter, sort, after, most + 1);
        if (query.Sql is null) return ([], null);
        IReadOnlyList<Alert> found = await store.ReadAsync(query.Sql, AlertRow.Read, cancellationToken, query.Parameters).ConfigureAwait(false);
        if (found.Count > most) return ([.. found.Take(most)], PositionOf(sort, found[most - 1]));
        if (query.EndSql is null) return (found, null);
        IReadOnlyList<Alert> end = await store.ReadAsync(query.EndSql, AlertRow.Read, cancellationToken, query.Parameters).ConfigureAwait(false);
        return (found, end is [var last] ? PositionOf(sort, last) : null);
    }

    private static AlertPosition PositionOf(AlertSort sort, Alert alert) =>
        new(sort, alert.Score, alert.Severity, alert.OccurredAt, alert.UpdatedAt, alert.Id);
}
