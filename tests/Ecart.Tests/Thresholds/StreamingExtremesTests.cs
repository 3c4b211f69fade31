using Ecart.Numerics;
using Ecart.Scoring;
using Ecart.TestKit;
using Ecart.Thresholds;
using Xunit;

namespace Ecart.Tests.Thresholds;

public sealed class StreamingExtremesTests : CalibrationContract
{
    private protected override ICalibration Make(double[] scores) => new StreamingExtremes(scores);

    [Theory]
    [InlineData(1e-3, 200_000)]
    [InlineData(1e-4, 400_000)]
    public void Learn_LongStream_KeepsRateOfAlarms(double risk, int count)
    {
        var spot = new StreamingExtremes(Normal(1_000, 1), new StreamingExtremesOptions { Risk = risk });
        int alarms = Normal(count, 2).Count(spot.Learn);
        // The tail of normal scores is thinner than the exponential that is the least allowed: rather too few.
        Assert.InRange(alarms / (double)count, risk / 4, risk * 2);
    }

    [Fact]
    public void Learn_MorePeaksThanRoom_HoldsTailAll()
    {
        var spot = new StreamingExtremes(Exponential(500, 3), new StreamingExtremesOptions { MaximumPeaks = 100, TailShare = 0.1, Risk = 1e-6 });
        foreach (double score in Exponential(100_000, 4)) spot.Learn(score);
        Assert.InRange(spot.Threshold(1e-4) / -Math.Log(1e-4), 0.85, 1.2);
        Assert.InRange(spot.Count, 100_450, 100_500);
    }

    [Fact]
    public void Learn_Anomaly_ChangesNothing()
    {
        var spot = new StreamingExtremes(Normal(1_000, 5));
        double threshold = spot.AlarmThreshold;
        for (int i = 0; i < 1_000; i++) Assert.True(spot.Learn(100));
        Assert.Equal(threshold, spot.AlarmThreshold);
        Assert.Equal(1_000, spot.Count);
    }

    [Fact]
    public void Learn_Always_AllocatesNothing()
    {
        var spot = new StreamingExtremes(Normal(100, 6));
        double[] scores = Normal(10_000, 7);
        spot.Learn(0);
        Assert.Equal(0, Allocation.Of(() =>
        {
            foreach (double score in scores) spot.Learn(score);
        }));
    }

    [Theory]
    [InlineData(0, 0.02, 1000)]
    [InlineData(1e-4, 0.6, 1000)]
    [InlineData(0.05, 0.02, 1000)]
    [InlineData(1e-4, 0.02, 10)]
    public void Make_OptionOutOfRange_IsRefused(double risk, double share, int peaks) =>
        Assert.Throws<OptionsException>(() => new StreamingExtremes(
            Normal(100, 1), new StreamingExtremesOptions { Risk = risk, TailShare = share, MaximumPeaks = peaks }));
}
