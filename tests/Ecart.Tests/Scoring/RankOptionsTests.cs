using CsCheck;
using Ecart.Scoring;
using Xunit;

namespace Ecart.Tests.Scoring;

public sealed class RankOptionsTests
{
    private static readonly RankOptions Options = new();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(2, 0.1)]
    [InlineData(3, 0.15)]
    public void TakeoverEvidence_Surprises_CountsThoseBeyondTheFree(double surprises, double expected) =>
        Assert.Equal(expected, Options.TakeoverEvidence(surprises), 1e-12);

    [Fact]
    public void TakeoverEvidence_AnySurprises_GrowsAndStaysBelowShare() => Gen.Double[0, 100].Sample(
        surprises =>
        {
            double evidence = Options.TakeoverEvidence(surprises);

            Assert.InRange(evidence, 0, Options.TakeoverShare);
            Assert.True(Options.TakeoverEvidence(surprises + 0.5) >= evidence);
        },
        seed: "0000KOIbCd64", iter: 1000);

    [Theory]
    [InlineData(0.002, 0.475)]
    [InlineData(1, 3.8e-6)]
    public void EvidenceOf_Tail_IsHalfOfReliabilityAtHalf(double tail, double expected) =>
        Assert.Equal(expected, Options.EvidenceOf(tail, Options.TailProbability), 1e-8);
}
