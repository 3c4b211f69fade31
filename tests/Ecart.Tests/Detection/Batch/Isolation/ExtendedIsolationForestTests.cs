using Ecart.Detection.Batch;
using Ecart.Detection.Batch.Isolation;
using Ecart.Numerics;
using Ecart.Scoring;
using Ecart.Vectors;
using Xunit;

namespace Ecart.Tests.Detection.Batch.Isolation;

public sealed class ExtendedIsolationForestTests : FittedDetectorContract
{
    private protected override bool NoticesChangeOfConstants => false;

    private protected override BatchDetector Make(int threads = 1) =>
        new ExtendedIsolationForest(new ExtendedIsolationForestOptions { Threads = threads, Trees = 60, Samples = 128 });

    /// <summary>Between two clusters, level with both along an axis, the axis-parallel forest sees a ghost of them that slopes do not.</summary>
    [Fact]
    public void Score_WhereTheAxesOfClustersCross_IsHigherThanOfTheAxisParallelForest()
    {
        var random = new SeededRandom(1);
        var rows = new Matrix(1000, 2);
        for (int row = 0; row < 1000; row++)
        {
            rows.Row(row)[0] = (float)((row % 2 * 10) + random.NextNormal());
            rows.Row(row)[1] = (float)((row % 2 * 10) + random.NextNormal());
        }

        var slopes = new ExtendedIsolationForest(new ExtendedIsolationForestOptions { Trees = 300 });
        var parallel = new IsolationForest(new IsolationForestOptions { Trees = 300 });
        slopes.Learn(rows);
        parallel.Learn(rows);
        Assert.True(slopes.Score([0, 10]) - slopes.Score([0, 0]) > parallel.Score([0, 10]) - parallel.Score([0, 0]));
    }

    [Fact]
    public void Score_OtherUnits_IsTheSame()
    {
        Matrix rows = SampleRows.Normal(300, 3, 2);
        Matrix scaled = rows.Select([.. Enumerable.Range(0, 300)]);
        for (int row = 0; row < 300; row++) scaled.Row(row)[1] *= 1024;
        BatchDetector left = Fitted(rows);
        BatchDetector right = Fitted(scaled);
        for (int row = 0; row < 300; row++) Assert.Equal(left.TrainingScores[row], right.TrainingScores[row], 0.02);
    }

    [Theory]
    [InlineData(0, 256, 16, 0, "trees")]
    [InlineData(100, 1, 16, 0, "samples")]
    [InlineData(100, 256, 0, 0, "split_dimensions")]
    [InlineData(100, 256, 16, -1, "threads")]
    public void Options_OutOfRange_AreNamed(int trees, int samples, int dimensions, int threads, string name)
    {
        var options = new ExtendedIsolationForestOptions { Trees = trees, Samples = samples, SplitDimensions = dimensions, Threads = threads };
        Assert.Contains($"extended_isolation_forest.{name}", Assert.Throws<OptionsException>(() => new ExtendedIsolationForest(options)).Message, StringComparison.Ordinal);
    }
}
