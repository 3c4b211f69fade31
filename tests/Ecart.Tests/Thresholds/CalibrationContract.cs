using Ecart.Numerics;
using Ecart.TestKit;
using Ecart.Thresholds;
using Xunit;

namespace Ecart.Tests.Thresholds;

/// <summary>What every calibration must do; a test class of each derives from it.</summary>
public abstract class CalibrationContract
{
    private protected abstract ICalibration Make(double[] scores);

    /// <summary>How far the true rate of false alarms may be from the wanted one for normally distributed scores, in parts of it.</summary>
    private protected virtual double RateTolerance => 0.25;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void TailProbability_HigherScore_IsNeverHigher(ulong seed)
    {
        ICalibration calibration = Make(Normal(200, seed));
        double previous = 1;
        for (double score = -8; score < 60; score += 0.05)
        {
            double probability = calibration.TailProbability(score);
            Assert.InRange(probability, double.Epsilon, previous);
            previous = probability;
        }
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.05)]
    [InlineData(0.01)]
    public void Threshold_ManyScores_GivesWantedRate(double rate)
    {
        ICalibration calibration = Make(Normal(20_000, 5));
        double[] fresh = Normal(100_000, 6);
        double threshold = calibration.Threshold(rate);
        Assert.InRange(fresh.Count(score => score > threshold) / (double)fresh.Length, rate * (1 - RateTolerance), rate * (1 + RateTolerance));
        Assert.InRange(fresh.Count(score => calibration.TailProbability(score) <= rate) / (double)fresh.Length, rate * (1 - RateTolerance), rate * (1 + RateTolerance));
    }

    [Fact]
    public void Threshold_SmallerRate_IsNeverLower()
    {
        ICalibration calibration = Make(Normal(300, 7));
        double previous = double.NegativeInfinity;
        for (double rate = 0.9; rate > 1e-9; rate *= 0.8)
        {
            double threshold = calibration.Threshold(rate);
            Assert.True(threshold >= previous);
            previous = threshold;
        }
    }

    [Fact]
    public void TailProbability_ScoresAllAlike_IsDefined()
    {
        ICalibration calibration = Make([.. Enumerable.Repeat(0.5, 100)]);
        Assert.InRange(calibration.TailProbability(0.5), 0.3, 1);
        Assert.InRange(calibration.TailProbability(-1e9), 0.3, 1);
        Assert.InRange(calibration.TailProbability(1e9), double.Epsilon, 0.05);
        Assert.False(double.IsNaN(calibration.Threshold(0.01)));
    }

    [Fact]
    public void Make_BadScores_NamesThem()
    {
        Assert.Contains("0 scores", Assert.Throws<ArgumentException>(() => Make([])).Message, StringComparison.Ordinal);
        double[] scores = Normal(100, 8);
        scores[7] = double.NaN;
        Assert.Contains("finite", Assert.Throws<ArgumentException>(() => Make(scores)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void TailProbability_NotFinite_IsRefused(double score) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Make(Normal(100, 9)).TailProbability(score));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void Threshold_NoRate_IsRefused(double rate) => Assert.Throws<ArgumentOutOfRangeException>(() => Make(Normal(100, 9)).Threshold(rate));

    [Fact]
    public void TailProbability_Always_AllocatesNothing()
    {
        ICalibration calibration = Make(Normal(100, 10));
        calibration.TailProbability(1);
        Assert.Equal(0, Allocation.Of(() =>
        {
            for (int i = 0; i < 100; i++) calibration.TailProbability(i);
        }));
    }

    private protected static double[] Normal(int count, ulong seed)
    {
        var random = new SeededRandom(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextNormal())];
    }

    private protected static double[] Exponential(int count, ulong seed)
    {
        var random = new SeededRandom(seed);
        return [.. Enumerable.Range(0, count).Select(_ => -Math.Log(1 - random.NextDouble()))];
    }
}
