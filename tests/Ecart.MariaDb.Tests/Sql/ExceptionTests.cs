using Xunit;

namespace Ecart.MariaDb.Tests.Sql;

public sealed class ExceptionTests(SqlDatabase database) : IClassFixture<SqlDatabase>
{
    private static readonly DateTime Noon = TransactionRow.Noon;

    [Fact]
    public async Task Match_NoException_IsNull() => Assert.Null(await MatchAsync("nobody", 0, Noon));

    [Theory]
    [InlineData(-1, null, true)]
    [InlineData(0, null, true)]
    [InlineData(0, 1, true)]
    [InlineData(-2, -1, false)]
    [InlineData(-1, 0, false)]
    [InlineData(1, 2, false)]
    public async Task Match_Validity_IncludesItsStartAndNotItsEnd(int fromHour, int? untilHour, bool matches)
    {
        string account = $"valid {fromHour} {untilHour}";
        double id = await StoreAsync(account, from: Noon.AddHours(fromHour), until: untilHour is { } hour ? Noon.AddHours(hour) : null);
        Assert.Equal(matches ? id : null, await MatchAsync(account, 0, Noon));
    }

    [Fact]
    public async Task Match_PatternWithinRadius_NeedsDistanceAndVersion()
    {
        double id = await StoreAsync("pattern");
        await StorePatternAsync(id, 0.3, 1);
        Assert.Equal(id, await MatchAsync("pattern", 0.29, Noon));
        Assert.Null(await MatchAsync("pattern", 0.31, Noon));
        Assert.Null(await MatchAsync("pattern", 0.1, Noon, version: 2));
    }

    [Fact]
    public async Task Match_InactiveOtherEntityOrRule_DoesNotMatch()
    {
        double inactive = await StoreAsync("inactive");
        await database.ExecuteAsync("UPDATE anomaly_exceptions SET active = FALSE WHERE exception_id = @0", inactive);
        double rule = await StoreAsync("rule");
        await database.ExecuteAsync("UPDATE anomaly_exceptions SET rule_expression = 'amount > 1' WHERE exception_id = @0", rule);
        Assert.Null(await MatchAsync("inactive", 0, Noon));
        Assert.Null(await MatchAsync("INACTIVE", 0, Noon));
        Assert.Null(await MatchAsync("rule", 0, Noon));
    }

    [Fact]
    public async Task Match_SeveralExceptions_TakesTheLowestId()
    {
        double first = await StoreAsync("several");
        await StoreAsync("several");
        Assert.Equal(first, await MatchAsync("several", 0, Noon));
    }

    [Fact]
    public async Task Score_ExceptionInForce_KeepsScoreAndFlagAndRaisesNoAlert()
    {
        double id = await StoreAsync("silenced");
        await new TransactionRow { Id = "silenced", Account = "silenced", Amount = 60_000 }.StoreAsync(database);
        SqlVerdict verdict = await database.ScoreAsync("silenced");
        Assert.Equal(0.5, verdict.Score);
        Assert.True(verdict.Flagged);
        Assert.Equal(id, await SuppressedByAsync("silenced"));
        Assert.Empty(await database.QueryAsync("SELECT 1 FROM anomaly_alerts WHERE event_uid = 'silenced'"));
    }

    [Fact]
    public async Task Score_ExceptionExpired_RaisesTheAlert()
    {
        await StoreAsync("expired", from: Noon.AddDays(-9), until: Noon.AddSeconds(-1));
        await new TransactionRow { Id = "expired", Account = "expired", Amount = 60_000 }.StoreAsync(database);
        await database.ScoreAsync("expired");
        Assert.Null(await SuppressedByAsync("expired"));
        Assert.Single(await database.QueryAsync("SELECT 1 FROM anomaly_alerts WHERE event_uid = 'expired'"));
    }

    [Fact]
    public async Task Score_SilencedByRuleInStoredVerdict_StaysSilenced()
    {
        double id = await StoreAsync("by rule");
        await database.ExecuteAsync("UPDATE anomaly_exceptions SET rule_expression = 'amount > 1' WHERE exception_id = @0", id);
        await new TransactionRow { Id = "by rule", Account = "by rule", Amount = 60_000, SuppressedBy = (long)id }.StoreAsync(database);
        await database.ScoreAsync("by rule");
        Assert.Equal(id, await SuppressedByAsync("by rule"));
    }

    [Fact]
    public async Task Score_RuleInStoredVerdictOfExceptionForOtherEntityOrPattern_RaisesTheAlert()
    {
        double other = await StoreAsync("someone else");
        double pattern = await StoreAsync("far pattern");
        await StorePatternAsync(pattern, 0.3, 1);
        await database.ExecuteAsync("UPDATE anomaly_exceptions SET rule_expression = 'amount > 1' WHERE exception_id IN (@0, @1)", other, pattern);
        await new TransactionRow { Id = "other entity", Account = "mine", Amount = 60_000, SuppressedBy = (long)other }.StoreAsync(database);
        await new TransactionRow
        {
            Id = "far pattern",
            Account = "far pattern",
            Amount = 60_000,
            Embedding = UnitVector.AtDistance(0.5),
            SuppressedBy = (long)pattern,
        }.StoreAsync(database);
        foreach (string id in new[] { "other entity", "far pattern" })
        {
            await database.ScoreAsync(id);
            Assert.Null(await SuppressedByAsync(id));
        }
    }

    [Fact]
    public async Task Preview_Exception_ListsTheAlertsItWouldHaveSilenced()
    {
        DateTime today = await database.TodayAsync();
        (string, double, int)[] events = [("preview near", 0.1, 0), ("preview far", 1.0, 1), ("preview old", 0.1, 40)];
        foreach ((string id, double distance, int daysAgo) in events)
        {
            await new TransactionRow
            {
                Id = id,
                Account = "preview",
                Amount = 60_000,
                Embedding = UnitVector.AtDistance(distance),
                OccurredAt = today.AddDays(-daysAgo).AddMinutes(1),
            }.StoreAsync(database);
            await database.ScoreAsync(id);
        }

        const string Call = "CALL preview_exception('transactions', 'account', 'preview', @0, @1, 1, 30)";
        IReadOnlyList<SqlRow> all = await database.QueryAsync(Call, null, null);
        Assert.Equal(["preview near", "preview far"], all.Select(row => row.Text("transaction_id")));
        SqlRow near = Assert.Single(await database.QueryAsync(Call, UnitVector.At(0, 256), 0.2));
        Assert.Equal("preview near", near.Text("transaction_id"));
        Assert.Equal(0.1, near.Number("distance")!.Value, 1e-6);
    }

    private Task<double?> SuppressedByAsync(string id) =>
        database.NumberAsync("SELECT suppressed_by FROM financial_transactions WHERE transaction_id = @0", id);

    private Task<double?> MatchAsync(string account, double distance, DateTime at, int version = 1) => database.NumberAsync(
        "SELECT match_exception('transactions', 'account', @0, @1, @2, @3) AS id",
        account, UnitVector.AtDistance(distance, 256), version, at);

    private async Task<double> StoreAsync(string account, DateTime? from = null, DateTime? until = null)
    {
        double? id = await database.NumberAsync(
            """
            INSERT INTO anomaly_exceptions (domain, entity_type, entity_id, exception_type, reason, approved_by, valid_from, valid_until)
            VALUES ('transactions', 'account', @0, 'whitelist', 'test', 'test', @1, @2) RETURNING exception_id
            """,
            account, from ?? Noon.AddDays(-1), until);
        return id!.Value;
    }

    private Task StorePatternAsync(double id, double radius, int version) => database.ExecuteAsync(
        "INSERT INTO exception_patterns VALUES (@0, @1, @2, @3)", id, UnitVector.At(0, 256), radius, version);
}
