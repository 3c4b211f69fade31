using Ecart.Thresholds;
using Xunit;

namespace Ecart.Tests.Thresholds;

public sealed class QuantileCalibrationTests : CalibrationContract
{
    private protected override ICalibration Make(double[] scores) => new QuantileCalibration(scores);

    [Theory]
    [InlineData(1, 0.9)]
    [InlineData(3, 0.5)]
    [InlineData(3.5, 0.4)]
    [InlineData(5, 0.1)]
    [InlineData(99, 0.1)]
    [InlineData(-99, 0.9)]
    public void TailProbability_FewScores_IsByMiddleRanks(double score, double probability) =>
        Assert.Equal(probability, new QuantileCalibration([5, 3, 1, 4, 2]).TailProbability(score), 12);

    [Fact]
    public void TailProbability_EqualScores_ShareTheirRanks() => Assert.Equal(0.5, new QuantileCalibration([1, 2, 2, 2, 3]).TailProbability(2), 12);

    [Fact]
    public void Threshold_RarerThanAnyScore_IsInfinite() => Assert.Equal(double.PositiveInfinity, new QuantileCalibration([1, 2, 3]).Threshold(0.1));
}
