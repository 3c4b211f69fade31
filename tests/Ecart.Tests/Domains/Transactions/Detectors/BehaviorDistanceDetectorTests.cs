using Ecart.Domains.Transactions.Detectors;
using Ecart.Scoring;
using Xunit;

namespace Ecart.Tests.Domains.Transactions.Detectors;

public sealed class BehaviorDistanceDetectorTests
{
    private static readonly double OutOfSample = Math.Sqrt(1 + (1.0 / DetectorCase.Observations));

    [Theory]
    [InlineData(2.5, 0)]
    [InlineData(2.7, 0.1)]
    [InlineData(3.3, 0.4)]
    [InlineData(50, 0.4)]
    public void Evaluate_ZScore_CountsAboveTwoAndAHalf(double z, double contribution)
    {
        var verdict = Evaluate(DetectorCase.Observations, 0.3, 0.1, ((0.3 + (z * 0.1)) * OutOfSample) - 1e-12);

        Assert.Equal(contribution, verdict.Find(EvidenceCode.BehaviorDistance)?.Contribution ?? 0, 1e-6);
        if (contribution == 0) return;
        var evidence = verdict.Require(EvidenceCode.BehaviorDistance);
        Assert.Equal(z, evidence.Significance, 1e-6);
        Assert.Equal(0.3 * OutOfSample, evidence.Expected, 1e-9);
        Assert.Equal((0.3 + 0.25) * OutOfSample, evidence.Threshold, 1e-9);
    }

    [Fact]
    public void Evaluate_RegularAccount_UsesTheFloorOfSigma() =>
        Assert.Equal(4, Evaluate(DetectorCase.Observations, 0.3, 0, 0.3 * OutOfSample * 1.2).Require(EvidenceCode.BehaviorDistance).Significance, 1e-6);

    [Fact]
    public void Evaluate_FewerThanTenObservations_HasNoOpinion() => Assert.True(Evaluate(9, 0.3, 0.1, 50).Evidence.IsEmpty);

    [Fact]
    public void Evaluate_NoDistances_HasNoOpinion() => Assert.True(DetectorCase.Evaluate(
        new BehaviorDistanceDetector(), static (ref context) => context.Distance = 50).Evidence.IsEmpty);

    private static Verdict Evaluate(int count, double mean, double deviation, double distance) => DetectorCase.Evaluate(
        new BehaviorDistanceDetector(),
        (ref context) =>
        {
            context.Profile.Count = count;
            context.Profile.Distance = DetectorCase.Moments(count, mean, deviation);
            context.Distance = distance;
        });
}
