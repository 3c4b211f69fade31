using System.Globalization;
using Ecart.MariaDb.Writing;

namespace Ecart.MariaDb.Alerts;

/// <summary>Decisions on alerts that are to become labels, whoever made them: a person in the console, a script, a statement in SQL. Thread-safe.</summary>
public sealed class DecidedAlertStore(string connectionString)
{
    private const string Waiting =
        """
        SELECT a.alert_id, a.event_uid, a.occurred_at, CONCAT(a.status), COALESCE(a.resolved_at, a.updated_at),
               (SELECT v.decided_by FROM verdict_history v WHERE v.alert_id = a.alert_id ORDER BY v.history_id DESC LIMIT 1)
        FROM anomaly_alerts a WHERE a.is_unlabelled = 1 AND a.domain = @domain ORDER BY a.alert_id LIMIT @most
        """;

    private readonly PooledStore store = new(connectionString);

    /// <summary>Decisions of a domain that wait.</summary>
    public Task<IReadOnlyList<DecidedAlert>> ReadAsync(string domain, int most, CancellationToken cancellationToken) => store.ReadAsync(
        Waiting,
        row => new DecidedAlert(
            row.GetInt64(0), row.GetString(1), row.GetDateTime(2), StoredNames.AlertStatusOf(row.GetString(3)), row.GetDateTime(4), PooledStore.Text(row, 5)),
        cancellationToken,
        ("@domain", domain),
        ("@most", most));

    /// <summary>Notes that decisions were taken. One that was changed meanwhile waits on.</summary>
    public Task TookAsync(IReadOnlyCollection<DecidedAlert> taken, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(taken);
        if (taken.Count == 0) return Task.CompletedTask;
        return store.ChangeAsync(
            async transaction =>
            {
                foreach (IGrouping<AlertStatus, DecidedAlert> some in taken.GroupBy(decided => decided.Status).OrderBy(group => group.Key))
                {
                    string ids = string.Join(',', some.Select(decided => decided.AlertId).Order().Select(id => id.ToString(CultureInfo.InvariantCulture)));
                    await PooledStore.ExecuteAsync(
                        transaction, $"UPDATE anomaly_alerts SET labelled_status = @status WHERE alert_id IN ({ids})", cancellationToken,
                        ("@status", StoredNames.Of(some.Key))).ConfigureAwait(false);
                }

                return true;
            },
            cancellationToken);
    }

    /// <summary>Which of some alerts still wait.</summary>
    public Task<IReadOnlyList<long>> ReadWaitingAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        if (ids.Count == 0) return Task.FromResult<IReadOnlyList<long>>([]);
        return store.ReadAsync(
            $"SELECT a.alert_id FROM anomaly_alerts a WHERE a.alert_id IN ({string.Join(',', ids.Select(id => id.ToString(CultureInfo.InvariantCulture)))}) AND a.is_unlabelled = 1",
            row => row.GetInt64(0),
            cancellationToken);
    }
}
