using Ecart.MariaDb.Metrics;
using Ecart.MariaDb.Tests.Sql;
using Ecart.MariaDb.Writing;
using Xunit;

namespace Ecart.MariaDb.Tests.Metrics;

public sealed class DailyTotalsTests(SqlDatabase database) : IClassFixture<SqlDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Refresh_AgainAndWithMore_EqualsTheViewThatCountsEvents()
    {
        var totals = new DailyTotals(database.ConnectionString, new TransactionTable());
        DateTime today = await database.TodayAsync();
        await StoreAsync(today, 0, 60);
        Assert.True(await totals.RefreshAsync(TimeSpan.MaxValue, Cancellation));
        Assert.True(await totals.RefreshAsync(TimeSpan.MaxValue, Cancellation));
        await AssertEqualAsync();

        await StoreAsync(today, 60, 100);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => totals.RefreshAsync(TimeSpan.MaxValue, Cancellation)));
        await AssertEqualAsync();

        IReadOnlyList<DailyMetric> days = await new MetricsStore(database.ConnectionString).ReadDaysAsync("transactions", 30, Cancellation);
        Assert.Equal(100, days.Sum(day => day.Volume));
        Assert.Equal(10, days.Sum(day => day.Late));
        Assert.Single(await new MetricsStore(database.ConnectionString).ReadDaysAsync("transactions", 1, Cancellation));
        ScoreDrift drift = (await new MetricsStore(database.ConnectionString).ReadScoreDriftAsync("transactions", Cancellation))!;
        Assert.Equal(90, drift.NewestEvents + drift.EventsBefore);
        Assert.InRange(drift.StabilityIndex, 0, 2);
    }

    private async Task StoreAsync(DateTime today, int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            double? score = i % 10 == 9 ? null : i % 10 / 10.0;
            await new TransactionRow { Id = $"E{i}", Account = "a", Seq = i + 1, OccurredAt = today.AddDays(-(i % 3)), Score = score, IsFlagged = score >= 0.5, IsLate = score is null }.StoreAsync(database);
        }

        await database.ExecuteAsync("UPDATE lanes SET seq = @0 WHERE domain = 'transactions' AND lane = 7", to);
    }

    private async Task AssertEqualAsync()
    {
        IReadOnlyList<SqlRow> counted = await database.QueryAsync("CALL daily_metrics('transactions', 30)");
        IReadOnlyList<SqlRow> totals = await database.QueryAsync("SELECT * FROM daily_volumes WHERE domain = 'transactions' ORDER BY day");
        Assert.NotEmpty(counted);
        foreach (string column in (string[])["volume", "anomalies", "anomaly_rate", "mean_score", "mean_flagged_score"])
            Assert.All(counted.Zip(totals), pair => Assert.Equal(pair.First.Number(column)!.Value, pair.Second.Number(column)!.Value, 1e-9));
        Assert.Equal(counted.Count, totals.Count);
    }
}
