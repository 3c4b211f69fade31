using MySqlConnector;
using Xunit;

namespace Ecart.MariaDb.Tests.Sql;

public sealed class ScoreTransactionTests(SqlDatabase database) : IClassFixture<SqlDatabase>
{
    [Fact]
    public async Task Score_UnknownTransaction_SaysSo()
    {
        var error = await Assert.ThrowsAsync<MySqlException>(() => database.ScoreAsync("absent"));
        Assert.Equal("No transaction has transaction_id 'absent'.", error.Message);
    }

    [Fact]
    public async Task Score_FirstTransactionOfAccount_GivesNewProfileAlone()
    {
        await new TransactionRow { Id = "first", Account = "first" }.StoreAsync(database);
        SqlVerdict verdict = await database.ScoreAsync("first");
        Assert.Equal(0, verdict.Score);
        Assert.False(verdict.Flagged);
        Assert.Equal(["new_profile"], verdict.Types);
        Assert.Equal(0, verdict["new_profile"]);
    }

    [Fact]
    public async Task Score_OrdinaryTransactionOfKnownAccount_HasNoReasons()
    {
        await new ProfileRow { Account = "calm" }.StoreAsync(database);
        await new TransactionRow { Id = "calm", Account = "calm" }.StoreAsync(database);
        SqlVerdict verdict = await database.ScoreAsync("calm");
        Assert.Equal(0, verdict.Score);
        Assert.Empty(verdict.Reasons);
        SqlRow row = await RowAsync("calm");
        Assert.Null(row.Text("reasons"));
        Assert.Equal("none", row.Text("severity"));
        Assert.Equal(0, row.Number("distance_to_profile")!.Value, 1e-6);
    }

    [Theory]
    [InlineData(0.65, 0.4, 0.1)]
    [InlineData(0.7, 0.4, 0.1)]
    [InlineData(0.75, 0.4, 0.1)]
    [InlineData(0.5, 0.4, 0)]
    [InlineData(0.46, 0.4, 0)]
    [InlineData(1.9, 0.4, 0.1)]
    public async Task Score_DistanceFromProfile_EqualsReference(double distance, double mean, double deviation)
    {
        string id = $"distance {distance} {deviation}";
        await new ProfileRow { Account = id, DistanceMean = mean, DistanceStd = deviation }.StoreAsync(database);
        await new TransactionRow { Id = id, Account = id, Embedding = UnitVector.AtDistance(distance) }.StoreAsync(database);
        SqlVerdict verdict = await database.ScoreAsync(id);
        double expected = ReferenceFormulas.BehaviorDistance(distance, mean, deviation);
        Assert.Equal(expected, verdict.Score!.Value, 1e-4);
        Assert.Equal(distance, (await RowAsync(id)).Number("distance_to_profile")!.Value, 1e-6);
    }

    [Theory]
    [InlineData(50, 0.5)]
    [InlineData(240, 0.5)]
    [InlineData(500, 0.5)]
    [InlineData(9000, 0.5)]
    [InlineData(100, 0)]
    [InlineData(1, 0)]
    public async Task Score_Amount_EqualsReference(double amount, double deviation)
    {
        string id = $"amount {amount} {deviation}";
        await new ProfileRow { Account = id, MeanLogAmount = Math.Log(51), StdLogAmount = deviation }.StoreAsync(database);
        await new TransactionRow { Id = id, Account = id, Amount = amount }.StoreAsync(database);
        SqlVerdict verdict = await database.ScoreAsync(id);
        double expected = ReferenceFormulas.AmountAnomaly(amount, Math.Log(51), deviation);
        Assert.Equal(expected, verdict.Score!.Value, 1e-6);
        Assert.Equal(expected > 0, verdict.Types.Contains("amount_anomaly"));
    }

    [Theory]
    [InlineData(9, false)]
    [InlineData(10, true)]
    public async Task Score_ProfileOfObservations_SpeaksFromTen(int observations, bool speaks)
    {
        string id = $"observations {observations}";
        await new ProfileRow { Account = id, Observations = observations }.StoreAsync(database);
        await new TransactionRow { Id = id, Account = id, Embedding = UnitVector.AtDistance(1.5), Amount = 9000 }.StoreAsync(database);
        SqlVerdict verdict = await database.ScoreAsync(id);
        Assert.Equal(speaks ? ["behavior_distance", "amount_anomaly"] : ["new_profile"], verdict.Types);
        Assert.Equal(1.5, (await RowAsync(id)).Number("distance_to_profile")!.Value, 1e-6);
    }

    [Fact]
    public async Task Score_ProfileOfOtherEmbeddingVersion_IsNotCompared()
    {
        await new ProfileRow { Account = "version", EmbeddingVersion = 2 }.StoreAsync(database);
        await new TransactionRow { Id = "version", Account = "version", Embedding = UnitVector.AtDistance(1.5) }.StoreAsync(database);
        Assert.Empty((await database.ScoreAsync("version")).Reasons);
        Assert.Null((await RowAsync("version")).Number("distance_to_profile"));
    }

    [Fact]
    public async Task Score_LateTransaction_StaysUnscored()
    {
        await new TransactionRow { Id = "late", Account = "late", Amount = 90_000, IsLate = true }.StoreAsync(database);
        SqlVerdict verdict = await database.ScoreAsync("late");
        Assert.Null(verdict.Score);
        Assert.False(verdict.Flagged);
        Assert.Null((await RowAsync("late")).Number("fraud_score"));
    }

    [Theory]
    [InlineData(10_000, 0, "none")]
    [InlineData(10_000.01, 0.2, "none")]
    [InlineData(50_000, 0.2, "none")]
    [InlineData(50_000.01, 0.5, "medium")]
    public async Task Score_HighAmount_AddsAboveTheLimit(double amount, double expected, string severity)
    {
        string id = $"high {amount}";
        await new TransactionRow { Id = id, Account = id, Amount = amount }.StoreAsync(database);
        Assert.Equal(expected, (await database.ScoreAsync(id)).Score);
        Assert.Equal(severity, (await RowAsync(id)).Text("severity"));
    }

    [Theory]
    [InlineData(1, 59, 0, 0)]
    [InlineData(2, 0, 0, 0.15)]
    [InlineData(5, 59, 0, 0.15)]
    [InlineData(6, 0, 0, 0)]
    [InlineData(12, 0, -540, 0.15)]
    [InlineData(23, 30, 330, 0.15)]
    public async Task Score_LocalHour_AddsAtNight(int hour, int minute, int offset, double expected)
    {
        string id = $"night {hour}:{minute} {offset}";
        await new TransactionRow
        {
            Id = id,
            Account = id,
            OccurredAt = TransactionRow.Noon.Date.AddHours(hour).AddMinutes(minute),
            UtcOffsetMinutes = offset,
        }.StoreAsync(database);
        Assert.Equal(expected, (await database.ScoreAsync(id)).Score);
    }

    [Fact]
    public async Task Score_EvidenceOfEveryKind_AddsAndIsClipped()
    {
        await new ProfileRow { Account = "all" }.StoreAsync(database);
        await new TransactionRow
        {
            Id = "all",
            Account = "all",
            Amount = 60_000,
            Embedding = UnitVector.AtDistance(1.9),
            OccurredAt = TransactionRow.Noon.Date.AddHours(3),
        }.StoreAsync(database);
        SqlVerdict verdict = await database.ScoreAsync("all");
        Assert.Equal(1, verdict.Score);
        Assert.Equal(["behavior_distance", "amount_anomaly", "high_amount", "very_high_amount", "night_activity"], verdict.Types);
        Assert.Equal("critical", (await RowAsync("all")).Text("severity"));
    }

    [Fact]
    public async Task Explain_Transaction_GivesNumbersAndChangesNothing()
    {
        await new ProfileRow { Account = "explain" }.StoreAsync(database);
        await new TransactionRow
        {
            Id = "explain",
            Account = "explain",
            Amount = 60_000,
            Embedding = UnitVector.AtDistance(0.8),
        }.StoreAsync(database);
        IReadOnlyList<SqlRow> rows = await database.QueryAsync("CALL explain_transaction('explain')");
        Assert.Equal(
            ["behavior_distance", "amount_anomaly", "high_amount", "very_high_amount"], rows.Select(row => row.Text("code")));
        Assert.Equal(0.8, rows[0].Number("observed")!.Value, 1e-6);
        Assert.Equal(0.4, rows[0].Number("expected"));
        Assert.Equal(0.65, rows[0].Number("threshold")!.Value, 1e-9);
        Assert.Equal(4, rows[0].Number("significance")!.Value, 1e-5);
        Assert.Equal(50, rows[1].Number("expected")!.Value, 1e-6);
        Assert.Equal((51 * Math.Exp(1.5)) - 1, rows[1].Number("threshold")!.Value, 1e-6);
        Assert.Null((await RowAsync("explain")).Number("fraud_score"));
        Assert.Empty(await database.QueryAsync("SELECT alert_id FROM anomaly_alerts WHERE event_uid = 'explain'"));
    }

    private async Task<SqlRow> RowAsync(string id) =>
        Assert.Single(await database.QueryAsync("SELECT * FROM financial_transactions WHERE transaction_id = @0", id));
}
