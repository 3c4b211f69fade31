using Ecart.Thresholds;
using Xunit;

namespace Ecart.Tests.Thresholds;

public sealed class QuartileCalibrationTests : CalibrationContract
{
    // Only the quartiles are exact; the tail is heavier than the normal one by intent.
    private protected override double RateTolerance => double.PositiveInfinity;

    private protected override ICalibration Make(double[] scores) => new QuartileCalibration(scores);

    [Fact]
    public void TailProbability_Quartiles_AreExact()
    {
        var calibration = new QuartileCalibration(Normal(10_001, 1));
        Assert.Equal(0.5, calibration.TailProbability(calibration.Median), 12);
        Assert.Equal(0.25, calibration.TailProbability(calibration.Median + calibration.Spread), 12);
        Assert.Equal(0, calibration.Median, 0.05);
        Assert.Equal(0.674, calibration.Spread, 0.05);
        Assert.Equal(calibration.Median + calibration.Spread, calibration.Threshold(0.25), 12);
        Assert.Equal(0.9, calibration.TailProbability(calibration.Threshold(0.9)), 12);
        Assert.Equal(0.001, calibration.TailProbability(calibration.Threshold(0.001)), 12);
    }

    [Fact]
    public void TailProbability_QuarterOfOutliers_MovesLittle()
    {
        double[] clean = Normal(1_000, 2);
        double[] dirty = [.. clean.Select((score, i) => i % 5 == 0 ? 1e6 + i : score)];
        Assert.InRange(new QuartileCalibration(dirty).TailProbability(4) / new QuartileCalibration(clean).TailProbability(4), 1, 3);
    }

    [Fact]
    public void TailProbability_LargestNumbers_IsDefined()
    {
        var calibration = new QuartileCalibration([1, 1, 1]);
        Assert.InRange(calibration.TailProbability(double.MaxValue), double.Epsilon, 1e-6);
        Assert.InRange(calibration.TailProbability(-double.MaxValue), 0.999, 1);
        Assert.True(double.IsFinite(calibration.Surprise(double.MaxValue)));
    }
}
