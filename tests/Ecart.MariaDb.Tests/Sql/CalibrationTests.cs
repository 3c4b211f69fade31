using Xunit;

namespace Ecart.MariaDb.Tests.Sql;

public sealed class CalibrationTests(SqlDatabase database) : IClassFixture<SqlDatabase>
{
    [Fact]
    public async Task Calibration_HandMadeAlerts_GivesTheExpectedTable()
    {
        (double Score, string Status)[] alerts =
        [
            (0.95, "confirmed_fraud"), (0.97, "confirmed_fraud"),
            (0.85, "confirmed_fraud"), (0.85, "false_positive"), (0.949999, "confirmed_fraud"),
            (0.65, "confirmed_fraud"), (0.749999, "false_positive"),
            (0.5, "false_positive"), (0.55, "false_positive"), (0.549999, "confirmed_fraud"),
            (0.99, "new"), (0.5, "investigating"), (0.5, "resolved"),
        ];
        for (int i = 0; i < alerts.Length; i++) await StoreAsync("table", i, alerts[i].Score, alerts[i].Status, daysAgo: i % 30);
        await StoreAsync("table", 100, 0.9, "false_positive", daysAgo: 30);
        await StoreAsync("other", 0, 0.9, "false_positive", daysAgo: 0);

        string[] expected =
        [
            "1.0: 2 = 2 + 0, precision 1, above 0, recall 0.333333",
            "0.9: 3 = 2 + 1, precision 0.666667, above 1, recall 0.666667",
            "0.7: 2 = 1 + 1, precision 0.5, above 2, recall 0.833333",
            "0.6: 1 = 0 + 1, precision 0, above 3, recall 0.833333",
            "0.5: 2 = 1 + 1, precision 0.5, above 4, recall 1",
        ];
        Assert.Equal(expected, (await database.QueryAsync("CALL calibration_by_bucket('table', 30)")).Select(Tell));
        Assert.Equal(
            expected, (await database.QueryAsync("SELECT * FROM calibration_by_bucket WHERE domain = 'table'")).Select(Tell));
    }

    [Fact]
    public async Task Calibration_NoConfirmedFraud_HasNoRecall()
    {
        await StoreAsync("false", 0, 0.6, "false_positive", daysAgo: 1);
        SqlRow row = Assert.Single(await database.QueryAsync("CALL calibration_by_bucket('false', 30)"));
        Assert.Null(row.Number("recall"));
        Assert.Equal(0, row.Number("alert_precision"));
    }

    [Fact]
    public async Task Calibration_NothingDecided_IsEmpty() =>
        Assert.Empty(await database.QueryAsync("CALL calibration_by_bucket('nothing', 30)"));

    [Fact]
    public async Task Calibration_ReplayedPast_LooksBackFromItsNewestDay()
    {
        await StoreAsync("past", 0, 0.6, "false_positive", daysAgo: 1000);
        await StoreAsync("past", 1, 0.6, "false_positive", daysAgo: 1029);
        await StoreAsync("past", 2, 0.6, "false_positive", daysAgo: 1030);
        await database.ExecuteAsync("INSERT INTO entity_history (domain, entity_type, entity_id, newest_day, days) VALUES ('past', 'domain', '', UTC_DATE() - INTERVAL 1000 DAY, CONCAT('[[', TO_DAYS(UTC_DATE()) - 1000, ',3,0]]'))");
        Assert.Equal(2, Assert.Single(await database.QueryAsync("CALL calibration_by_bucket('past', 30)")).Number("alerts"));
        SqlRow row = Assert.Single(await database.QueryAsync("SELECT * FROM calibration_by_bucket WHERE domain = 'past'"));
        Assert.Equal(2, row.Number("alerts"));
    }

    private static string Tell(SqlRow row) => FormattableString.Invariant(
        $"{row.Number("score_bucket"):0.0}: {row.Number("alerts")} = {row.Number("confirmed")} + {row.Number("false_positives")}, ")
        + FormattableString.Invariant(
        $"precision {row.Number("alert_precision"):0.######}, above {row.Number("cumulative_false_positives")}, ")
        + FormattableString.Invariant($"recall {row.Number("recall"):0.######}");

    private Task StoreAsync(string domain, int number, double score, string status, int daysAgo) => database.ExecuteAsync(
        """
        INSERT INTO anomaly_alerts (
            domain, event_uid, lane, seq, occurred_at, entity_type, entity_id, alert_type, severity, score, explanation, status)
        VALUES (@0, @1, 1, 1, UTC_DATE() - INTERVAL @4 DAY, 'account', 'a', 'rule', 'high', @2, '{}', @3)
        """,
        domain, $"alert {number}", score, status, daysAgo);
}
