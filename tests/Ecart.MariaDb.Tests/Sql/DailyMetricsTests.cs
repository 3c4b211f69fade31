using MySqlConnector;
using Xunit;

namespace Ecart.MariaDb.Tests.Sql;

public sealed class DailyMetricsTests(SqlDatabase database) : IClassFixture<SqlDatabase>
{
    [Fact]
    public async Task DailyMetrics_SeveralDays_CountsEventsBeforeAlerts()
    {
        DateTime today = await database.TodayAsync();
        (string Id, int DaysAgo, double? Score, string? Severity, string? Status)[] events =
        [
            ("a", 0, 0.9, "critical", "confirmed_fraud"),
            ("b", 0, 0.7, "high", "false_positive"),
            ("c", 0, 0.5, "medium", "new"),
            ("d", 0, 0.1, null, null),
            ("flagged without alert", 0, 0.6, null, null),
            ("late", 0, null, null, null),
            ("quiet day", 1, 0.2, null, null),
            ("first day", 29, 0.8, "critical", "new"),
            ("too old", 30, 0.8, "critical", "new"),
        ];
        foreach ((string id, int daysAgo, double? score, string? severity, string? status) in events)
        {
            DateTime time = today.AddDays(-daysAgo).AddMilliseconds(1);
            var row = new TransactionRow
            {
                Id = id,
                Account = "a",
                OccurredAt = time,
                Score = score,
                IsFlagged = score >= 0.5,
                IsLate = score is null,
            };
            await row.StoreAsync(database);
            if (severity is not null) await StoreAlertAsync(id, time, severity, score!.Value, status!);
        }

        foreach (string sql in new[] { "SELECT * FROM daily_metrics", "CALL daily_metrics('transactions', 30)" })
        {
            IReadOnlyList<SqlRow> days = await database.QueryAsync(sql);
            Assert.Equal(3, days.Count);
            Assert.Equal(1, days[0].Number("volume"));
            AssertRow(days[1], volume: 1, anomalies: 0, alerts: 0, precision: null, meanScore: 0.2, meanFlagged: null);
            AssertRow(days[2], volume: 6, anomalies: 4, alerts: 3, precision: 0.5, meanScore: 0.56, meanFlagged: 0.675);
            Assert.Equal(4.0 / 6, days[2].Number("anomaly_rate")!.Value, 1e-12);
            Assert.Equal([0, 1, 1, 1], new[] { "low", "medium", "high", "critical" }.Select(name => days[2].Number(name)!.Value));
            Assert.Equal(1, days[2].Number("confirmed"));
            Assert.Equal(1, days[2].Number("false_positives"));
        }

        Assert.Equal(2, (await database.QueryAsync("CALL daily_metrics('transactions', 2)")).Count);
    }

    [Theory]
    [InlineData("CALL daily_metrics('network', 0)", "Days must be between 1 and 3660.")]
    [InlineData("CALL daily_metrics('transactions', 0)", "Days must be between 1 and 3660.")]
    [InlineData("CALL calibration_by_bucket('transactions', NULL)", "Days must be between 1 and 3660.")]
    public async Task Report_ParameterOutOfRange_SaysSo(string sql, string message)
    {
        var error = await Assert.ThrowsAsync<MySqlException>(() => database.QueryAsync(sql));
        Assert.Equal(message, error.Message);
    }

    private static void AssertRow(
        SqlRow row, int volume, int anomalies, int alerts, double? precision, double meanScore, double? meanFlagged)
    {
        Assert.Equal(volume, row.Number("volume"));
        Assert.Equal(anomalies, row.Number("anomalies"));
        Assert.Equal(alerts, row.Number("alerts"));
        Assert.Equal(precision, row.Number("alert_precision"));
        Assert.Equal(meanScore, row.Number("mean_score")!.Value, 1e-12);
        Assert.Equal(meanFlagged, row.Number("mean_flagged_score") is { } mean ? Math.Round(mean, 12) : null);
    }

    private Task StoreAlertAsync(string id, DateTime time, string severity, double score, string status) => database.ExecuteAsync(
        """
        INSERT INTO anomaly_alerts (
            domain, event_uid, lane, seq, occurred_at, entity_type, entity_id, alert_type, severity, score, explanation, status)
        VALUES ('transactions', @0, 7, 1, @1, 'account', 'a', 'rule', @2, @3, '{}', @4)
        """,
        id, time, severity, score, status);
}
