using System.Text.Json;
using Ecart.Scoring;
using Xunit;

namespace Ecart.MariaDb.Tests.Sql;

/// <summary>What the program's rules said stays in the verdict when SQL scores again.</summary>
public sealed class StoredRuleTests(SqlDatabase database) : IClassFixture<SqlDatabase>
{
    private const string Reasons =
        """
        [{"type": "new_profile", "score": 0, "detail": "This account has 3 normal transactions so far; 10 make a profile."},
         {"type": "rule", "score": 0.4, "detail": "Rule 'wire to x' matched."},
         {"type": "rule", "score": 0.25, "detail": "Rule 'große Summe' matched."}]
        """;

    [Fact]
    public async Task Score_StoredRules_KeepTheirContributionsAndSentences()
    {
        await StoreAsync("kept", Reasons);
        SqlVerdict verdict = await database.ScoreAsync("kept");
        Assert.Equal(0.65, verdict.Score);
        Assert.True(verdict.Flagged);
        Assert.Equal(
            [new("new_profile", 0), new("rule", 0.4), new KeyValuePair<string, double>("rule", 0.25)], verdict.Reasons);
        Assert.Equal("Rule 'große Summe' matched.", verdict.Details["rule"]);

        // Again from what it has just stored itself.
        SqlVerdict again = await database.ScoreAsync("kept");
        Assert.Equal(verdict.Score, again.Score);
        Assert.Equal(verdict.Reasons, again.Reasons);
    }

    [Fact]
    public async Task Score_StoredRulesAlone_RaiseAnAlertWithEachRuleApart()
    {
        await StoreAsync("alert", Reasons);
        await database.ScoreAsync("alert");
        SqlRow alert = Assert.Single(await database.QueryAsync(
            "SELECT alert_type, severity, explanation FROM anomaly_alerts WHERE event_uid = 'alert'"));
        Assert.Equal("combined", alert.Text("alert_type"));
        Assert.Equal("high", alert.Text("severity"));
        using JsonDocument explanation = JsonDocument.Parse(alert.Text("explanation")!);
        JsonElement features = explanation.RootElement.GetProperty("features");
        Assert.Equal("wire to x", features.GetProperty("rule:wire to x").GetProperty("subject").GetString());
        Assert.Equal("große Summe", features.GetProperty("rule:große Summe").GetProperty("subject").GetString());
    }

    [Fact]
    public async Task Score_OneStoredRule_IsAnAlertOfTypeRule()
    {
        await StoreAsync("sole", """[{"type": "rule", "score": 0.5, "detail": "Rule 'sole' matched."}]""");
        await database.ScoreAsync("sole");
        Assert.Equal("rule", Assert.Single(await database.QueryAsync(
            "SELECT alert_type FROM anomaly_alerts WHERE event_uid = 'sole'")).Text("alert_type"));
    }

    [Fact]
    public async Task Explain_StoredRule_SpeaksAsTheProgram()
    {
        await StoreAsync("explain", Reasons);
        SqlRow row = (await database.QueryAsync("CALL explain_transaction('explain')"))[1];
        var evidence = new Evidence(
            row.Text("code")!, row.Number("contribution")!.Value, double.NaN, double.NaN, double.NaN, double.NaN, row.Text("subject"));
        Assert.Equal(EvidenceCode.Rule, evidence.Code);
        Assert.Equal("wire to x", evidence.Subject);
        Assert.Equal(0.4, evidence.Contribution);
        Assert.Equal(EvidenceText.Describe(in evidence), row.Text("detail"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("[]")]
    [InlineData("""[{"type": "signature", "score": 0.9, "detail": "gone"}]""")]
    public async Task Score_NoStoredRule_AddsNothing(string? reasons)
    {
        string id = $"none {reasons?.Length}";
        await StoreAsync(id, reasons);
        Assert.Equal(["new_profile"], (await database.ScoreAsync(id)).Types);
    }

    private async Task StoreAsync(string id, string? reasons)
    {
        await new TransactionRow { Id = id, Account = id }.StoreAsync(database);
        await database.ExecuteAsync("UPDATE financial_transactions SET reasons = @1 WHERE transaction_id = @0", id, reasons);
    }
}
