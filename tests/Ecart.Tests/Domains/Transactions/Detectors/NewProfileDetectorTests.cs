using Ecart.Detection;
using Ecart.Domains.Transactions.Detectors;
using Ecart.Scoring;
using Xunit;

namespace Ecart.Tests.Domains.Transactions.Detectors;

public sealed class NewProfileDetectorTests
{
    [Fact]
    public void Evaluate_TenObservations_IsAProfile() => Assert.True(Evaluate(10, 0.1).Evidence.IsEmpty);

    [Fact]
    public void Evaluate_NoClusters_SaysOnlyThatTheAccountIsNew()
    {
        var evidence = Assert.Single(DetectorCase.Evaluate(new NewProfileDetector(), static (ref context) => context.Profile.Count = 9).Evidence.ToArray());

        Assert.Equal((EvidenceCode.NewProfile, 0, 9, 10), (evidence.Code, evidence.Contribution, evidence.Observed, evidence.Threshold));
    }

    [Theory]
    [InlineData(1.0, 0)]
    [InlineData(0.9, 0.2)]
    [InlineData(0.8, 0.4)]
    [InlineData(0.1, 0.4)]
    public void Evaluate_Clusters_CountByTheMarginOutside(double radius, double contribution)
    {
        var verdict = Evaluate(0, radius);

        Assert.Equal(contribution, verdict.Find(EvidenceCode.OutsideClusters)?.Contribution ?? 0, 1e-6);
        if (contribution > 0) Assert.Equal("retail", verdict.Require(EvidenceCode.OutsideClusters).Subject);
    }

    private static Verdict Evaluate(int count, double radius) => DetectorCase.Evaluate(
        new NewProfileDetector(),
        (ref context) =>
        {
            context.Profile.Count = count;
            context.Patterns = ReferencePatterns.Empty with { Clusters = [new BehaviorCluster("retail", [1, .. new float[255]], radius, 1)] };
        });
}
