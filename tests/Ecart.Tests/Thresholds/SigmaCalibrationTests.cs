using Ecart.Thresholds;
using Xunit;

namespace Ecart.Tests.Thresholds;

public sealed class SigmaCalibrationTests : CalibrationContract
{
    private protected override ICalibration Make(double[] scores) => new SigmaCalibration(scores);

    [Fact]
    public void AtSigmas_KnownScores_IsMeanPlusSampleDeviations()
    {
        double[] scores = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
        Assert.Equal(5.5 + (3 * Math.Sqrt(82.5 / 9)), new SigmaCalibration(scores).AtSigmas(3), 12);
    }

    [Fact]
    public void AtSigmas_ConstantScores_FloorsDeviation() => Assert.Equal(10 + (3 * 0.5), new SigmaCalibration(Enumerable.Repeat(10.0, 20).ToArray()).AtSigmas(3), 12);

    // Tables of the normal distribution; the last two by scipy.stats.norm.
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1.6448536269514722, 0.05)]
    [InlineData(3.090232306167813, 0.001)]
    [InlineData(-1.2815515655446004, 0.9)]
    [InlineData(8, 6.220960574271786e-16)]
    [InlineData(37, 5.725571222524577e-300)]
    public void Upper_Normal_EqualsTable(double z, double probability)
    {
        Assert.Equal(1, NormalTail.Upper(z) / probability, 1e-10);
        Assert.Equal(z, NormalTail.Quantile(probability), 1e-9);
    }

    [Fact]
    public void LogUpper_FarOut_IsFinite() => Assert.Equal(-5005.5242086942050, NormalTail.LogUpper(100), 1e-6);
}
