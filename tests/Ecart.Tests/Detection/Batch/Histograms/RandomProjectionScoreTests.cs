using Ecart.Detection.Batch;
using Ecart.Detection.Batch.Histograms;
using Ecart.Numerics;
using Ecart.Scoring;
using Ecart.Vectors;
using Xunit;

namespace Ecart.Tests.Detection.Batch.Histograms;

public sealed class RandomProjectionScoreTests : FittedDetectorContract
{
    private protected override BatchDetector Make(int threads = 1) => new RandomProjectionScore(new RandomProjectionOptions { Threads = threads });

    [Fact]
    public void Score_CombinationAgainstTheCorrelation_IsFartherOutThanAlongIt()
    {
        var random = new SeededRandom(1);
        var rows = new Matrix(1000, 2);
        for (int row = 0; row < 1000; row++)
        {
            double common = random.NextNormal();
            rows.Row(row)[0] = (float)(common + (0.2 * random.NextNormal()));
            rows.Row(row)[1] = (float)(common + (0.2 * random.NextNormal()));
        }

        BatchDetector detector = Fitted(rows);
        Assert.True(detector.Score([1.5f, -1.5f]) > 1.5 * detector.Score([1.5f, 1.5f]));
    }

    [Theory]
    [InlineData(1, 0, 0.5, 0, "projections")]
    [InlineData(100, 1, 0.5, 0, "bins")]
    [InlineData(100, 0, 0, 0, "smoothing")]
    [InlineData(100, 0, 0.5, -1, "threads")]
    public void Options_OutOfRange_AreNamed(int projections, int bins, double smoothing, int threads, string name)
    {
        var options = new RandomProjectionOptions { Projections = projections, Bins = bins, Smoothing = smoothing, Threads = threads };
        Assert.Contains($"loda.{name}", Assert.Throws<OptionsException>(() => new RandomProjectionScore(options)).Message, StringComparison.Ordinal);
    }
}
