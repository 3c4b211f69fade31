using Ecart.Domains.Transactions.Detectors;
using Ecart.Scoring;
using Xunit;

namespace Ecart.Tests.Domains.Transactions.Detectors;

public sealed class AmountAnomalyDetectorTests
{
    [Theory]
    [InlineData(-20, 0)]
    [InlineData(3, 0)]
    [InlineData(3.3, 0.1)]
    [InlineData(3.9, 0.3)]
    [InlineData(9, 0.3)]
    public void Evaluate_ZScoreOfTheLogarithm_CountsHighAmountsAbove3(double z, double contribution)
    {
        var verdict = Evaluate(DetectorCase.Observations, 3, 0.5, 3 + (z * 0.5) - 1e-12);

        Assert.Equal(contribution, verdict.Find(EvidenceCode.AmountAnomaly)?.Contribution ?? 0, 1e-6);
        if (contribution == 0) return;
        var evidence = verdict.Require(EvidenceCode.AmountAnomaly);
        Assert.Equal(Math.Exp(3) - 1, evidence.Expected, 1e-9);
        Assert.Equal(Math.Exp(4.5) - 1, evidence.Threshold, 1e-9);
        Assert.Equal(z, evidence.Significance, 1e-6);
    }

    [Fact]
    public void Evaluate_AlwaysTheSameAmount_UsesTheFloorOfSigma() =>
        Assert.Equal(4, Evaluate(DetectorCase.Observations, 3, 0, 3.6).Require(EvidenceCode.AmountAnomaly).Significance, 1e-6);

    [Fact]
    public void Evaluate_FewerThanTenObservations_HasNoOpinion() => Assert.True(Evaluate(9, 3, 0.5, 20).Evidence.IsEmpty);

    private static Verdict Evaluate(int count, double mean, double deviation, double logAmount) => DetectorCase.Evaluate(
        new AmountAnomalyDetector(),
        (ref context) =>
        {
            context.Profile.Count = count;
            context.Profile.Measures[0] = DetectorCase.Moments(count, mean, deviation);
            context.LogAmount = logAmount;
        });
}
