using System.Globalization;
using MySqlConnector;

namespace Ecart.MariaDb.Metrics;

/// <summary>Daily metrics and the health of detectors, from running totals: fast, and as new as the totals are. Thread-safe.</summary>
public sealed class MetricsStore(string connectionString)
{
    private readonly PooledStore store = new(connectionString);

    /// <summary>Domains that have totals or lanes, by name.</summary>
    public Task<IReadOnlyList<string>> ReadDomainsAsync(CancellationToken cancellationToken) => store.ReadAsync(
        "SELECT DISTINCT domain FROM configuration_versions WHERE is_active ORDER BY domain", row => row.GetString(0), cancellationToken);

    /// <summary>The days of a domain up to its newest, at most so many, the oldest first; days without an event are absent.</summary>
    public async Task<IReadOnlyList<DailyMetric>> ReadDaysAsync(string domain, int days, CancellationToken cancellationToken)
    {
        IReadOnlyList<DailyMetric> volumes = await store.ReadAsync(
            """
            SELECT v.day, v.volume, v.anomalies, v.late, v.mean_score, v.mean_flagged_score, v.without_profile_share FROM daily_volumes v
            WHERE v.domain = @domain AND v.day > (SELECT MAX(t.day) FROM daily_totals t WHERE t.domain = @domain) - INTERVAL @days DAY ORDER BY v.day
            """,
            row => new DailyMetric(DayOf(row, 0), Whole(row, 1), Whole(row, 2), Whole(row, 3), Number(row, 4), Number(row, 5), Number(row, 6)),
            cancellationToken,
            ("@domain", domain),
            ("@days", days)).ConfigureAwait(false);
        if (volumes.Count == 0) return volumes;
        Dictionary<DateOnly, DailyAlerts> alerts = await ReadAlertsAsync(domain, volumes[0].Day, cancellationToken).ConfigureAwait(false);
        return [.. volumes.Select(volume => volume with { Alerts = alerts.GetValueOrDefault(volume.Day, DailyAlerts.None) })];
    }

    /// <summary>How much the scores of the newest day differ; null where there is nothing to compare.</summary>
    public async Task<ScoreDrift?> ReadScoreDriftAsync(string domain, CancellationToken cancellationToken) =>
        (await store.ReadAsync(
            "SELECT s.newest_day, s.newest_events, s.events_before, s.psi FROM score_drift s WHERE s.domain = @domain",
            row => new ScoreDrift(DayOf(row, 0), Whole(row, 1), Whole(row, 2), row.GetDouble(3)),
            cancellationToken,
            ("@domain", domain)).ConfigureAwait(false)) is [var found] ? found : null;

    /// <summary>What was measured last of the inputs, the most changed first.</summary>
    public Task<IReadOnlyList<FeatureDrift>> ReadFeatureDriftAsync(string domain, CancellationToken cancellationToken) => store.ReadAsync(
        """
        SELECT feature, psi, mean_before, mean_newest, sampled_before, sampled_newest, newest_day, measured_at FROM feature_drift
        WHERE domain = @domain ORDER BY psi DESC, feature
        """,
        row => new FeatureDrift(
            row.GetString(0), row.GetDouble(1), row.GetDouble(2), row.GetDouble(3), row.GetInt32(4), row.GetInt32(5), DayOf(row, 6), row.GetDateTime(7)),
        cancellationToken,
        ("@domain", domain));

    /// <summary>Keeps what was measured of the inputs in place of what was there.</summary>
    public Task KeepFeatureDriftAsync(string domain, IReadOnlyList<FeatureDrift> measured, CancellationToken cancellationToken) => store.ChangeAsync(
        async transaction =>
        {
            await PooledStore.ExecuteAsync(transaction, "DELETE FROM feature_drift WHERE domain = @domain", cancellationToken, ("@domain", domain)).ConfigureAwait(false);
            foreach (FeatureDrift one in measured)
            {
                await PooledStore.ExecuteAsync(
                    transaction,
                    """
                    INSERT INTO feature_drift (domain, feature, psi, mean_before, mean_newest, sampled_before, sampled_newest, newest_day, measured_at)
                    VALUES (@domain, @feature, @psi, @before, @newest, @sampled_before, @sampled_newest, @day, @at)
                    ON DUPLICATE KEY UPDATE psi = VALUES(psi), measured_at = VALUES(measured_at)
                    """,
                    cancellationToken,
                    ("@domain", domain), ("@feature", one.Feature), ("@psi", one.StabilityIndex), ("@before", one.MeanBefore), ("@newest", one.MeanNewest),
                    ("@sampled_before", one.SampledBefore), ("@sampled_newest", one.SampledNewest), ("@day", one.NewestDay), ("@at", one.MeasuredAt)).ConfigureAwait(false);
            }

            return true;
        },
        cancellationToken);

    private async Task<Dictionary<DateOnly, DailyAlerts>> ReadAlertsAsync(string domain, DateOnly from, CancellationToken cancellationToken)
    {
        IReadOnlyList<(DateOnly Day, DailyAlerts Alerts)> rows = await store.ReadAsync(
            """
            SELECT DATE(a.occurred_at), COUNT(*), SUM(a.severity = 'low'), SUM(a.severity = 'medium'), SUM(a.severity = 'high'), SUM(a.severity = 'critical'),
                   SUM(a.status = 'confirmed_fraud'), SUM(a.status = 'false_positive')
            FROM anomaly_alerts a WHERE a.domain = @domain AND a.occurred_at >= @from GROUP BY DATE(a.occurred_at)
            """,
            row => (DayOf(row, 0), new DailyAlerts(
                (int)Whole(row, 1), (int)Whole(row, 2), (int)Whole(row, 3), (int)Whole(row, 4), (int)Whole(row, 5), (int)Whole(row, 6), (int)Whole(row, 7))),
            cancellationToken,
            ("@domain", domain),
            ("@from", from)).ConfigureAwait(false);
        return rows.ToDictionary(row => row.Day, row => row.Alerts);
    }

    private static DateOnly DayOf(MySqlDataReader row, int column) => DateOnly.FromDateTime(row.GetDateTime(column));

    private static long Whole(MySqlDataReader row, int column) => Convert.ToInt64(row.GetValue(column), CultureInfo.InvariantCulture);

    private static double? Number(MySqlDataReader row, int column) => row.IsDBNull(column) ? null : Convert.ToDouble(row.GetValue(column), CultureInfo.InvariantCulture);
}
