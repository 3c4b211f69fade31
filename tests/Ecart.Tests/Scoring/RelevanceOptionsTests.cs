using Ecart.Domains.Transactions;
using Ecart.Scoring;
using Xunit;

namespace Ecart.Tests.Scoring;

public sealed class RelevanceOptionsTests
{
    private static readonly RelevanceOptions Learned = new()
    {
        Intercept = -1,
        Rank = 0.5,
        Weights = [new EvidenceWeight { Code = EvidenceCode.Velocity, Weight = 10 }, new EvidenceWeight { Code = EvidenceCode.NightActivity, Weight = -10 }],
        Least = 0.5,
    };

    [Theory]
    [InlineData(EvidenceCode.Velocity, true)]
    [InlineData(EvidenceCode.NightActivity, false)]
    public void ApplyRelevance_Flagged_StaysByItsChance(string code, bool stays)
    {
        Verdict verdict = Made(code);
        var severity = new SeverityOptions { Relevance = Learned };
        ScoreRule.Apply(severity, verdict);
        Assert.True(verdict.IsAnomaly);

        ScoreRule.ApplyRelevance(severity, verdict);

        Assert.Equal((stays, 0.6, Severity.Medium), (verdict.IsAnomaly, verdict.Score, verdict.Severity));
        double odds = -1 + (0.5 * Math.Log(0.8 / 0.2)) + (0.6 * (stays ? 10 : -10));
        Assert.Equal(1 / (1 + Math.Exp(-odds)), Learned.Of(verdict), 12);
    }

    [Fact]
    public void Apply_Weights_ScaleContributionsBeforeTheSum()
    {
        Verdict verdict = Made(EvidenceCode.Velocity);

        ScoreRule.Apply(new SeverityOptions { Weights = [new EvidenceWeight { Code = EvidenceCode.Velocity, Weight = 0.5 }] }, verdict);

        Assert.Equal((0.3, false), (verdict.Score, verdict.IsAnomaly));
        Assert.Equal(0.6, verdict.Evidence[0].Contribution);
    }

    [Theory]
    [InlineData("""{"severity":{"weights":[{"code":"Night Activity","weight":1}]}}""", "severity.weights[0].code")]
    [InlineData("""{"severity":{"weights":[{"code":"rule","weight":3}]}}""", "severity.weights[0].weight")]
    [InlineData("""{"severity":{"weights":[{"code":"rule","weight":1},{"code":"rule","weight":1}]}}""", "severity.weights[1].code")]
    [InlineData("""{"severity":{"weights":null}}""", "severity.weights")]
    [InlineData("""{"severity":{"weights":[null]}}""", "severity.weights")]
    [InlineData("""{"severity":{"relevance":{"least":2}}}""", "severity.relevance.least")]
    [InlineData("""{"severity":{"relevance":{"weights":[{"code":"rule","weight":2000}]}}}""", "severity.relevance.weights[0].weight")]
    public void Validate_ValueThatCannotBeUsed_NamesIt(string json, string setting) =>
        Assert.Contains($"'{setting}'", Assert.Throws<OptionsException>(() => TransactionOptionsJson.Deserialize(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Serialize_Settings_ComeBack()
    {
        var options = new TransactionOptions { Severity = new SeverityOptions { Relevance = Learned, Weights = [new EvidenceWeight { Code = "rule", Weight = 0.5 }] } };

        SeverityOptions read = TransactionOptionsJson.Deserialize(TransactionOptionsJson.Serialize(options)).Severity;

        Assert.Equal(options.Severity.Weights, read.Weights);
        Assert.Equal(Learned.Weights, read.Relevance!.Weights);
        Assert.Equal((Learned.Intercept, Learned.Rank, Learned.Least), (read.Relevance.Intercept, read.Relevance.Rank, read.Relevance.Least));
    }

    private static Verdict Made(string code)
    {
        var verdict = new Verdict(1) { RankScore = 0.8 };
        verdict.Add(new Evidence(code, 0.6, 0, 0, 0, 0, null));
        return verdict;
    }
}
