using MySqlConnector;

namespace Ecart.MariaDb.Alerts;

/// <summary>New alerts and new entries of their history, as they come to be seen. Not thread-safe: one reader.</summary>
public sealed class AlertChangeLog(string connectionString)
{
    /// <summary>Alerts or entries read at a time.</summary>
    public const int MostAtATime = 500;

    /// <summary>How far back gaps are looked for at the beginning.</summary>
    private const int LookBack = 1000;

    private readonly PooledStore store = new(connectionString);
    private IdFollower alerts = new(0);
    private IdFollower entries = new(0);

    /// <summary>Every alert and entry up to these numbers was told, or is given up.</summary>
    public (long Alert, long Entry) Floor => (alerts.Floor, entries.Floor);

    /// <summary>Begins after what is there now.</summary>
    public async Task BeginAsync(DateTime now, CancellationToken cancellationToken)
    {
        alerts = await BeginAsync("anomaly_alerts", "alert_id", now, cancellationToken).ConfigureAwait(false);
        entries = await BeginAsync("alert_history", "history_id", now, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What came to be seen since the last call.</summary>
    public async Task<(IReadOnlyList<Alert> Alerts, IReadOnlyList<AlertHistoryEntry> Entries)> ReadAsync(DateTime now, CancellationToken cancellationToken)
    {
        IReadOnlyList<Alert> newAlerts = await store.ReadAsync(
            $"SELECT {AlertRow.Columns} FROM anomaly_alerts a WHERE {alerts.Condition("a.alert_id", now)} ORDER BY a.alert_id LIMIT {MostAtATime}", AlertRow.Read, cancellationToken)
            .ConfigureAwait(false);
        alerts.Saw(newAlerts.Select(alert => alert.Id), now);
        IReadOnlyList<AlertHistoryEntry> newEntries = await ReadEntriesAsync(entries.Condition("h.history_id", now), cancellationToken).ConfigureAwait(false);
        entries.Saw(newEntries.Select(entry => entry.Id), now);
        return (newAlerts, newEntries);
    }

    /// <summary>What came after some numbers, for whoever was away; <see cref="MostAtATime"/> of each are too many to be all.</summary>
    public async Task<(IReadOnlyList<Alert> Alerts, IReadOnlyList<AlertHistoryEntry> Entries)> ReadSinceAsync(
        long alert, long entry, CancellationToken cancellationToken) =>
        (await store.ReadAsync(
            $"SELECT {AlertRow.Columns} FROM anomaly_alerts a WHERE a.alert_id > @alert ORDER BY a.alert_id LIMIT {MostAtATime}", AlertRow.Read, cancellationToken, ("@alert", alert))
            .ConfigureAwait(false),
        await ReadEntriesAsync($"h.history_id > {entry.ToString(System.Globalization.CultureInfo.InvariantCulture)}", cancellationToken).ConfigureAwait(false));

    private Task<IReadOnlyList<AlertHistoryEntry>> ReadEntriesAsync(string condition, CancellationToken cancellationToken) => store.ReadAsync(
        $"SELECT {HistoryRow.Columns} FROM alert_history h WHERE {condition} ORDER BY h.history_id LIMIT {MostAtATime}", HistoryRow.Read, cancellationToken);

    private async Task<IdFollower> BeginAsync(string table, string column, DateTime now, CancellationToken cancellationToken)
    {
        IReadOnlyList<long> newest = await store.ReadAsync(
            $"SELECT t.{column} FROM {table} t ORDER BY t.{column} DESC LIMIT {LookBack}", static (MySqlDataReader row) => row.GetInt64(0), cancellationToken).ConfigureAwait(false);
        var follower = new IdFollower(newest.Count == 0 ? 0 : newest[^1]);
        follower.Saw(newest, now);
        return follower;
    }
}
