using Ecart.Scoring;
using Xunit;

namespace Ecart.Tests.Scoring;

public sealed class AlertTypeTests
{
    [Theory]
    [InlineData(EvidenceCode.BehaviorDistance, "distance")]
    [InlineData(EvidenceCode.ProfileDistance, "distance")]
    [InlineData(EvidenceCode.KnnDistance, "distance")]
    [InlineData(EvidenceCode.OutsideClusters, "distance")]
    [InlineData(EvidenceCode.Velocity, "velocity")]
    [InlineData(EvidenceCode.ImpossibleTravel, "velocity")]
    [InlineData(EvidenceCode.HighAmount, "rule")]
    [InlineData(EvidenceCode.VeryHighAmount, "rule")]
    [InlineData(EvidenceCode.Rule, "rule")]
    [InlineData(EvidenceCode.AmountAnomaly, "pattern")]
    [InlineData(EvidenceCode.NightActivity, "pattern")]
    [InlineData(EvidenceCode.EntityHistory, "pattern")]
    [InlineData(EvidenceCode.Signature, "pattern")]
    public void Of_OneContributorAndInformation_IsTheContributorsKind(string code, string expected) =>
        Assert.Equal(expected, AlertType.Of(With((EvidenceCode.NewProfile, 0), (code, 0.5))));

    [Fact]
    public void Of_SeveralContributors_IsCombined() =>
        Assert.Equal("combined", AlertType.Of(With((EvidenceCode.HighAmount, 0.2), (EvidenceCode.VeryHighAmount, 0.3))));

    [Fact]
    public void Of_NoContributor_IsCombined() => Assert.Equal("combined", AlertType.Of(With((EvidenceCode.NewProfile, 0))));

    private static Verdict With(params (string Code, double Contribution)[] findings)
    {
        var verdict = new Verdict(1);
        foreach (var (code, contribution) in findings) verdict.Add(new Evidence(code, contribution, 0, 0, 0, 0, null));
        return verdict;
    }
}
