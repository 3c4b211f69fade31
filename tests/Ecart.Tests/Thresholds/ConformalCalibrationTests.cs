using Ecart.Numerics;
using Ecart.Thresholds;
using Xunit;

namespace Ecart.Tests.Thresholds;

public sealed class ConformalCalibrationTests : CalibrationContract
{
    private protected override ICalibration Make(double[] scores) => new ConformalCalibration(scores);

    [Fact]
    public void TailProbability_FewScores_CountsItself()
    {
        var calibration = new ConformalCalibration([1, 2, 3, 3]);
        Assert.Equal(1, calibration.TailProbability(0));
        Assert.Equal(3 / 5.0, calibration.TailProbability(3), 12);
        Assert.Equal(1 / 5.0, calibration.TailProbability(3.1), 12);
    }

    [Theory]
    [InlineData(18, 0.05, false)]
    [InlineData(19, 0.05, true)]
    [InlineData(98, 0.01, false)]
    [InlineData(99, 0.01, true)]
    public void Threshold_TooFewScores_IsInfinite(int count, double rate, bool finite) =>
        Assert.Equal(finite, double.IsFinite(new ConformalCalibration(Normal(count, 1)).Threshold(rate)));

    // The guarantee is on the average over calibration sets, for any distribution: over many sets the rate is floor((n + 1)α)/(n + 1) for continuous scores.
    [Theory]
    [InlineData(19, 0.05)]
    [InlineData(50, 0.1)]
    [InlineData(250, 0.01)]
    public void Threshold_ManySets_GuaranteesRate(int count, double rate)
    {
        var random = new SeededRandom(11);
        const int Sets = 20_000;
        int alarms = 0;
        int agreeing = 0;
        for (int set = 0; set < Sets; set++)
        {
            var scores = new double[count];
            // Heavy-tailed and of two modes: nothing a formula expects.
            for (int i = 0; i < count; i++) scores[i] = Draw(random);
            var calibration = new ConformalCalibration(scores);
            double fresh = Draw(random);
            bool isAlarm = fresh > calibration.Threshold(rate);
            if (isAlarm) alarms++;
            if (isAlarm == calibration.TailProbability(fresh) <= rate) agreeing++;
        }

        double exact = Math.Floor(((count + 1) * rate) + 1e-9) / (count + 1);
        Assert.InRange(alarms / (double)Sets, exact - (4 * Math.Sqrt(exact / Sets)), exact + (4 * Math.Sqrt(exact / Sets)));
        Assert.Equal(Sets, agreeing);
    }

    private static double Draw(SeededRandom random) => random.Chance(0.7) ? random.NextLogNormal(1, 2) : 10 + random.NextNormal();
}
