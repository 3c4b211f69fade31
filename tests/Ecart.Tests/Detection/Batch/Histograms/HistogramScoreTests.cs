using Ecart.Detection.Batch;
using Ecart.Detection.Batch.Histograms;
using Ecart.Scoring;
using Ecart.Vectors;
using Xunit;

namespace Ecart.Tests.Detection.Batch.Histograms;

public sealed class HistogramScoreTests : FittedDetectorContract
{
    private protected override BatchDetector Make(int threads = 1) => new HistogramScore(new HistogramScoreOptions { Threads = threads });

    [Fact]
    public void Score_KnownBins_IsTheLogarithmOfTheirRelativeHeights()
    {
        float[] values = [0, 1, 1, 1, 1, 2, 2, 10, 0.5f, 3];
        var detector = new HistogramScore();
        detector.Learn(new Matrix(values, 10, 1));
        Assert.Equal(0, detector.Score([1.5f]), 1e-6);
        Assert.Equal(Math.Log(4.5 / 2.5), detector.Score([2.5f]), 1e-6);
        Assert.Equal(Math.Log(4.5 / 0.5), detector.Score([7]), 1e-6);
        Assert.Equal(Math.Log(4.5 / 1.5), detector.Score([10]), 1e-6);
        Assert.Equal(Math.Log(4.5 / 0.5) + Math.Log(2), detector.Score([20]), 1e-6);
        Assert.Equal(detector.Score([20]), detector.Score([-10]), 1e-6);
    }

    [Fact]
    public void Explain_AnyVector_AddsUpToTheScore()
    {
        Matrix rows = SampleRows.Normal(300, 8, 1);
        BatchDetector detector = Fitted(rows);
        var contributions = new double[8];
        detector.Explain(rows.Row(3), contributions);
        Assert.Equal(detector.Score(rows.Row(3)), contributions.Sum(), 1e-9);
    }

    [Fact]
    public void Score_FartherOut_IsHigher()
    {
        BatchDetector detector = Fitted(SampleRows.Normal(300, 1, 2));
        double last = 0;
        for (float value = 8; value < 1e30f; value *= 10)
        {
            double score = detector.Score([value]);
            Assert.True(score > last);
            last = score;
        }
    }

    [Theory]
    [InlineData(1, 0.5, 0, "bins")]
    [InlineData(10, 0, 0, "smoothing")]
    [InlineData(10, 0.5, -1, "threads")]
    public void Options_OutOfRange_AreNamed(int bins, double smoothing, int threads, string name)
    {
        var options = new HistogramScoreOptions { Bins = bins, Smoothing = smoothing, Threads = threads };
        Assert.Contains($"hbos.{name}", Assert.Throws<OptionsException>(() => new HistogramScore(options)).Message, StringComparison.Ordinal);
    }
}
