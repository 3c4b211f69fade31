using Ecart.Scoring;
using Xunit;

namespace Ecart.MariaDb.Tests.Sql;

/// <summary>What trained detectors said is in the stored verdict: SQL takes it from there, as it takes that of rules.</summary>
public sealed class StoredModelEvidenceTests(SqlDatabase database) : IClassFixture<SqlDatabase>
{
    [Theory]
    [InlineData(EvidenceCode.Density)]
    [InlineData(EvidenceCode.Isolation)]
    [InlineData(EvidenceCode.Reconstruction)]
    [InlineData(EvidenceCode.Outlier)]
    public async Task Score_StoredEvidenceOfAModel_CountsAndSpeaksAsTheProgram(string code)
    {
        var evidence = new Evidence(code, 0.5, 0.7, 0.4, 0.6, 0.0005, "amount_deviation, country#6");
        string detail = EvidenceText.Describe(in evidence);
        await new TransactionRow { Id = code, Account = code }.StoreAsync(database);
        await database.ExecuteAsync(
            "UPDATE financial_transactions SET reasons = JSON_ARRAY(JSON_OBJECT('type', @1, 'score', 0.5, 'detail', @2)) WHERE transaction_id = @0",
            code, code, detail);

        SqlVerdict verdict = await database.ScoreAsync(code);

        Assert.Equal((0.5, true), (verdict.Score, verdict.Flagged));
        Assert.Equal(detail, verdict.Details[code]);
        SqlRow row = (await database.QueryAsync($"CALL explain_transaction('{code}')"))[1];
        Assert.Equal((code, "amount_deviation, country#6"), (row.Text("code"), row.Text("subject")));
        Assert.Equal(AlertType.Distance, Assert.Single(await database.QueryAsync(
            $"SELECT alert_type FROM anomaly_alerts WHERE event_uid = '{code}'")).Text("alert_type"));
    }
}
