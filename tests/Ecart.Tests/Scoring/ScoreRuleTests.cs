using CsCheck;
using Ecart.Scoring;
using Xunit;

namespace Ecart.Tests.Scoring;

public sealed class ScoreRuleTests
{
    [Fact]
    public void Apply_SameContributionsInAnyOrder_GivesTheSameScoreAndSeverity()
    {
        double[][] orders = [[0.15, 0.3, 0.2], [0.15, 0.2, 0.3], [0.2, 0.15, 0.3], [0.2, 0.3, 0.15], [0.3, 0.15, 0.2], [0.3, 0.2, 0.15]];

        Assert.All(orders, order => Assert.Equal((0.65, Severity.High, true), Applied(order)));
    }

    [Fact]
    public void Apply_AnyContributions_IsTheirDecimalSumClippedToOne() => Gen.Int[0, 400].Array[0, 8].Sample(thousandths =>
    {
        var (score, _, isAnomaly) = Applied([.. thousandths.Select(value => value / 1000.0)]);
        Assert.Equal(Math.Min(1000, thousandths.Sum()) / 1000.0, score);
        Assert.Equal(thousandths.Sum() >= 500, isAnomaly);
    }, seed: "0000KOIbCd64", iter: 1000);

    [Theory]
    [InlineData(0.4999994, 0.499999, false)]
    [InlineData(0.4999995, 0.5, true)]
    public void Apply_JustBelowTheFlag_IsRoundedBeforeItIsCompared(double contribution, double score, bool isAnomaly) =>
        Assert.Equal((score, isAnomaly), (Applied([contribution]).Score, Applied([contribution]).IsAnomaly));

    [Fact]
    public void Apply_NoEvidence_IsZero() => Assert.Equal((0, Severity.None, false), Applied([]));

    private static (double Score, Severity Severity, bool IsAnomaly) Applied(double[] contributions)
    {
        var verdict = new Verdict(1);
        foreach (var contribution in contributions) verdict.Add(new Evidence(EvidenceCode.Rule, contribution, 0, 0, 0, 0, null));
        ScoreRule.Apply(new SeverityOptions(), verdict);
        return (verdict.Score, verdict.Severity, verdict.IsAnomaly);
    }
}
