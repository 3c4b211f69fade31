using System.Text.Json;
using Ecart.Domains.Transactions;
using Ecart.MariaDb.Configuration;
using Ecart.Scoring;
using Xunit;

namespace Ecart.MariaDb.Tests.Sql;

/// <summary>Weights and relevance of a configuration, by the routines as by the library.</summary>
public sealed class CalibratedScoreTests(SqlDatabase database) : IClassFixture<SqlDatabase>
{
    private static readonly JsonSerializerOptions Form = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static TheoryData<double, double, double?, double> Cases => new()
    {
        { 1, 1, 0.7, 0 }, { 0.5, 1, 0.7, 0 }, { 2, 0.25, 0.01, 0.3 }, { 1, 1, 0.999999, 0.9 }, { 1, 1, null, 0.5 }, { 1, 1, 0.2, 0.999 }, { 0, 2, 0.5, 0.01 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Score_WeightsAndRelevance_EqualTheLibrary(double velocity, double rule, double? rank, double least)
    {
        var severity = new SeverityOptions
        {
            Weights = [new EvidenceWeight { Code = "velocity", Weight = velocity }, new EvidenceWeight { Code = "rule", Weight = rule }],
            Relevance = new RelevanceOptions
            {
                Intercept = -1.5,
                Rank = 0.4,
                Weights = [new EvidenceWeight { Code = "velocity", Weight = 6 }, new EvidenceWeight { Code = "night_activity", Weight = -9 }],
                Least = least,
            },
        };
        var verdict = new Verdict(1) { RankScore = rank ?? double.NaN };
        foreach ((string code, double contribution) in (((string, double)[])[("velocity", 0.3), ("rule", 0.35), ("night_activity", 0.15)])) verdict.Add(new Evidence(code, contribution, 0, 0, 0, 0, null));
        ScoreRule.Apply(severity, verdict);
        ScoreRule.ApplyRelevance(severity, verdict);

        SqlRow row = Assert.Single(await database.QueryAsync(
            """
            SELECT s.score, ecart_chance(JSON_EXTRACT(@0, '$.severity.relevance'), @1, @2) AS chance, ecart_is_flagged(@0, @1, s.score, @2) AS flagged
            FROM (SELECT ecart_score(@0, @1) AS score) AS s
            """,
            JsonSerializer.Serialize(new { severity }, Form),
            """[{"code": "velocity", "contribution": 0.3}, {"code": "rule", "contribution": 0.35}, {"code": "night_activity", "contribution": 0.15}]""",
            rank));

        Assert.Equal(verdict.Score, row.Number("score")!.Value, 1e-9);
        Assert.Equal(severity.Relevance.Of(verdict), row.Number("chance")!.Value, 1e-9);
        Assert.Equal(verdict.IsAnomaly, row.Number("flagged") == 1);
    }

    [Fact]
    public async Task ScoreTransaction_ChanceBelowTheLeast_IsNotFlaggedAndRaisesNoAlert()
    {
        var options = new TransactionOptions { Severity = new SeverityOptions { Relevance = new RelevanceOptions { Intercept = -5, Least = 0.2 } } };
        await new ConfigurationStore(database.ConnectionString).AddVersionAsync(
            "transactions", TransactionOptionsJson.Serialize(options), "test", "test", activate: true, TestContext.Current.CancellationToken);
        await new TransactionRow { Id = "large", Account = "large", Amount = 60_000 }.StoreAsync(database);

        SqlVerdict verdict = await database.ScoreAsync("large");

        Assert.Equal((0.5, false), (verdict.Score, verdict.Flagged));
        Assert.Empty(await database.QueryAsync("SELECT * FROM anomaly_alerts WHERE event_uid = 'large'"));
    }
}
