using Ecart.Detection.Batch;
using Ecart.Detection.Batch.Clusters;
using Ecart.Numerics;
using Ecart.Scoring;
using Ecart.Vectors;
using Xunit;

namespace Ecart.Tests.Detection.Batch.Clusters;

public sealed class CentroidDistanceTests : FittedDetectorContract
{
    private protected override BatchDetector Make(int threads = 1) => new CentroidDistance(new CentroidDistanceOptions { Threads = threads, Repetitions = 2 });

    [Fact]
    public void Score_OutliersThatAreAlike_DoNotExcuseEachOther()
    {
        Matrix rows = ThreeClustersAndFewAlike(out int[] few);
        BatchDetector detector = Fitted(rows);
        double[] ordinary = [.. Enumerable.Range(0, rows.Rows).Except(few).Select(row => detector.Score(rows.Row(row))).Order()];
        foreach (int row in few) Assert.True(detector.Score(rows.Row(row)) > ordinary[^30]);
    }

    // The plain reference: distances to every centroid that the artefact holds would need its format, so the definition is checked on one division of one cluster.
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(128)]
    [InlineData(384)]
    public void Score_OneCluster_IsOneInHowManyAreAsFarFromMean(int dimension)
    {
        Matrix rows = SampleRows.Normal(100, dimension, 3);
        var detector = new CentroidDistance(new CentroidDistanceOptions { Clusters = [1], Repetitions = 1 });
        detector.Learn(rows);
        var mean = new double[dimension];
        for (int row = 0; row < 100; row++)
            for (int i = 0; i < dimension; i++) mean[i] += rows.Row(row)[i] / 100.0;
        double[] distances = [.. Enumerable.Range(0, 100).Select(row => Distance(rows.Row(row), mean))];
        var calibration = new Ecart.Thresholds.QuartileCalibration(distances);
        for (int row = 0; row < 100; row++) Assert.Equal(calibration.Surprise(distances[row]), Math.Log(detector.Score(rows.Row(row))), 1e-4);
    }

    [Fact]
    public void Make_OptionOutOfRange_IsRefused()
    {
        Assert.Throws<OptionsException>(() => new CentroidDistance(new CentroidDistanceOptions { Clusters = [] }));
        Assert.Throws<OptionsException>(() => new CentroidDistance(new CentroidDistanceOptions { Clusters = [0] }));
        Assert.Throws<OptionsException>(() => new CentroidDistance(new CentroidDistanceOptions { Repetitions = 0 }));
        Assert.Throws<OptionsException>(() => new CentroidDistance(new CentroidDistanceOptions { LeastShare = 1.1 }));
        Assert.Throws<OptionsException>(() => new CentroidDistance(new CentroidDistanceOptions { Samples = 1 }));
        Assert.Throws<OptionsException>(() => new CentroidDistance(new CentroidDistanceOptions { Threads = -1 }));
    }

    private static double Distance(ReadOnlySpan<float> row, double[] mean)
    {
        double sum = 0;
        for (int i = 0; i < mean.Length; i++) sum += (row[i] - mean[i]) * (row[i] - mean[i]);
        return Math.Sqrt(sum);
    }

    private static Matrix ThreeClustersAndFewAlike(out int[] few)
    {
        var random = new SeededRandom(4);
        var rows = new Matrix(600, 4);
        few = [.. Enumerable.Range(0, 12).Select(i => i * 50)];
        for (int row = 0; row < rows.Rows; row++)
        {
            bool isFew = row % 50 == 0 && row < 600;
            for (int i = 0; i < 4; i++) rows.Row(row)[i] = (float)((isFew ? -15 : 10 * (row % 3)) + (random.NextNormal() * (isFew ? 0.1 : 1)));
        }

        return rows;
    }
}
