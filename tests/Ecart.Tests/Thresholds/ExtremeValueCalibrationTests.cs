using Ecart.Scoring;
using Ecart.Thresholds;
using Xunit;

namespace Ecart.Tests.Thresholds;

public sealed class ExtremeValueCalibrationTests : CalibrationContract
{
    private protected override ICalibration Make(double[] scores) => new ExtremeValueCalibration(scores);

    [Theory]
    [InlineData(-0.3)]
    [InlineData(0)]
    [InlineData(0.3)]
    public void Fit_KnownTail_FindsShapeAndScale(double shape)
    {
        double[] excesses = [.. Exponential(20_000, 3).Select(e => shape == 0 ? 2 * e : 2 * (Math.Exp(shape * e) - 1) / shape)];
        GeneralizedPareto likeliest = ParetoFit.Fit(excesses, -1, 2);
        Assert.Equal(shape, likeliest.Shape, 0.03);
        Assert.Equal(2, likeliest.Scale, 0.08);
    }

    // The plain reference: the log-likelihood itself, on a fine grid.
    [Theory]
    [InlineData(10, 1)]
    [InlineData(25, 2)]
    [InlineData(60, 3)]
    public void Fit_FewExcesses_IsAsLikelyAsBestOfGrid(int count, ulong seed)
    {
        double[] excesses = [.. Exponential(count, seed).Select(e => Math.Exp(0.4 * e) - 1)];
        GeneralizedPareto fitted = ParetoFit.Fit(excesses, -1, 2);
        double best = double.NegativeInfinity;
        for (double shape = -0.99; shape < 2; shape += 0.01)
            for (double scale = 0.01; scale < 5; scale += 0.01) best = Math.Max(best, LogLikelihood(excesses, shape, scale));
        Assert.True(LogLikelihood(excesses, fitted.Shape, fitted.Scale) >= best - 1e-3);
    }

    [Fact]
    public void Fit_BoundedShape_IsBestAtBound()
    {
        double[] uniform = [.. Enumerable.Range(1, 50).Select(i => i / 50.0)];
        GeneralizedPareto fitted = ParetoFit.Fit(uniform, 0, 1);
        Assert.Equal(0, fitted.Shape);
        Assert.Equal(uniform.Average(), fitted.Scale, 12);
        GeneralizedPareto half = ParetoFit.Fit(uniform, -0.2, 1);
        Assert.Equal(-0.2, half.Shape);
        for (double scale = 0.25; scale < 3; scale += 0.05)
            Assert.True(LogLikelihood(uniform, -0.2, scale) <= LogLikelihood(uniform, -0.2, half.Scale) + 1e-9);
    }

    [Fact]
    public void Threshold_BeyondScores_IsNearTrueQuantile()
    {
        // Exponential scores: the quantile of a rate r is −ln r. Of 5,000 scores none says anything about 1e-5 by itself.
        var calibration = new ExtremeValueCalibration(Exponential(5_000, 4));
        Assert.InRange(calibration.Threshold(1e-5) / -Math.Log(1e-5), 0.85, 1.25);
        Assert.Equal(1e-5, calibration.TailProbability(calibration.Threshold(1e-5)), 1e-9);
    }

    [Fact]
    public void LogTailProbability_FarOut_StillTellsApart()
    {
        var calibration = new ExtremeValueCalibration(Normal(1_000, 5));
        Assert.True(calibration.LogTailProbability(2e6) < calibration.LogTailProbability(1e6));
        Assert.True(double.IsFinite(calibration.LogTailProbability(1e300)));
        Assert.Equal(double.Epsilon, new ExtremeValueCalibration(Normal(1_000, 5), new ExtremeValueOptions { GreatestShape = 0 }).TailProbability(1e6));
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(0.6, 0, 1)]
    [InlineData(0.1, -1.1, 1)]
    [InlineData(0.1, 0.1, 1)]
    [InlineData(0.1, 0, 2.1)]
    public void Make_OptionOutOfRange_IsRefused(double share, double least, double greatest) =>
        Assert.Throws<OptionsException>(() => new ExtremeValueCalibration(
            Normal(100, 1), new ExtremeValueOptions { TailShare = share, LeastShape = least, GreatestShape = greatest }));

    private static double LogLikelihood(double[] excesses, double shape, double scale)
    {
        double sum = 0;
        foreach (double excess in excesses)
        {
            if (Math.Abs(shape) < 1e-9)
            {
                sum += -Math.Log(scale) - (excess / scale);
                continue;
            }

            double inner = 1 + (shape * excess / scale);
            if (inner <= 0) return double.NegativeInfinity;
            sum += -Math.Log(scale) - ((1 + (1 / shape)) * Math.Log(inner));
        }

        return sum;
    }
}
