using Ecart.Detection.Batch;
using Ecart.Detection.Batch.Neighbours;
using Ecart.Scoring;
using Ecart.TestKit;
using Ecart.Tests.Vectors.Neighbours;
using Ecart.Vectors;
using Ecart.Vectors.Neighbours;
using Xunit;

namespace Ecart.Tests.Detection.Batch.Neighbours;

public sealed class NearestNeighbourDetectorTests : FittedDetectorContract
{
    private protected override BatchDetector Make(int threads = 1) =>
        new NearestNeighbourDetector(new NearestNeighbourDetectorOptions { Search = new() { Threads = threads } });

    [Theory]
    [MemberData(nameof(Dimensions))]
    public void Score_AnyVector_IsTheDistanceToTheNeighbours(int dimension)
    {
        Matrix rows = SampleRows.Normal(200, dimension, 1);
        Matrix queries = SampleRows.Normal(20, dimension, 2);
        foreach (NeighbourAggregation aggregation in Enum.GetValues<NeighbourAggregation>())
        {
            var detector = new NearestNeighbourDetector(new NearestNeighbourDetectorOptions { Neighbours = 7, Aggregation = aggregation });
            detector.Learn(rows);
            for (int row = 0; row < 20; row++)
            {
                Assert.Equal(Expected(rows, queries.Row(row), 7, -1, aggregation), detector.Score(queries.Row(row)), 1e-6);
                Assert.Equal(Expected(rows, rows.Row(row), 7, row, aggregation), detector.TrainingScores[row], 1e-6);
            }
        }
    }

    [Fact]
    public void Score_FewerRowsThanNeighbours_UsesAllOthers()
    {
        var detector = new NearestNeighbourDetector();
        detector.Learn(new Matrix([0, 1, 3], 3, 1));
        Assert.Equal([3, 2, 3], detector.TrainingScores.ToArray());
        Assert.Equal(9, detector.Score([10]));
    }

    [Fact]
    public void Score_MoreNeighboursThanTheStackHolds_IsTheSameAndDoesNotAllocate()
    {
        Matrix rows = SampleRows.Normal(300, 3, 3);
        var detector = new NearestNeighbourDetector(new NearestNeighbourDetectorOptions { Neighbours = 200 });
        detector.Learn(rows);
        Assert.Equal(Expected(rows, rows.Row(1), 200, -1, NeighbourAggregation.Largest), detector.Score(rows.Row(1)), 1e-6);
        Assert.Equal(0, Allocation.Of(() => detector.Score(rows.Row(2))));
    }

    [Fact]
    public void Fit_MoreRowsThanTheLimit_SearchesApproximatelyAndTellsItsRecall()
    {
        Matrix rows = PlainNeighbours.Clustered(4000, 8, 4);
        var exact = new NearestNeighbourDetector();
        var approximate = new NearestNeighbourDetector(new NearestNeighbourDetectorOptions { Search = new() { ApproximateAbove = 3999, Recall = 0.99 } });
        Assert.Equal(0, exact.MeasuredRecall);
        exact.Learn(rows);
        approximate.Learn(rows);
        Assert.Equal(1, exact.MeasuredRecall);
        Assert.InRange(approximate.MeasuredRecall, 0.95, 1);
        int equal = 0;
        for (int row = 0; row < rows.Rows; row++) equal += Math.Abs(exact.TrainingScores[row] - approximate.TrainingScores[row]) < 1e-6 ? 1 : 0;
        Assert.InRange(equal, 3700, 4000);

        var restored = (NearestNeighbourDetector)DetectorArtefact.Restore(approximate.Save());
        Assert.Equal(approximate.MeasuredRecall, restored.MeasuredRecall);
        Matrix queries = PlainNeighbours.Clustered(50, 8, 5);
        for (int row = 0; row < queries.Rows; row++) Assert.Equal(approximate.Score(queries.Row(row)), restored.Score(queries.Row(row)));
        Assert.Equal(approximate.Save(), restored.Save());
    }

    [Fact]
    public void FindNearest_AfterRestore_NamesTheRows()
    {
        Matrix rows = SampleRows.Normal(100, 5, 6);
        var detector = new NearestNeighbourDetector();
        detector.Learn(rows);
        INearestNormal restored = (INearestNormal)DetectorArtefact.Restore(detector.Save());
        var nearest = new Neighbour[3];
        Assert.Equal(3, restored.FindNearest(rows.Row(42), nearest));
        Assert.Equal(new Neighbour(42, 0), nearest[0]);
        Assert.Equal(PlainNeighbours.Find(rows, rows.Row(42), 3).Select(neighbour => neighbour.Row), nearest.Select(neighbour => neighbour.Row));
        var row = new float[5];
        restored.CopyRow(42, row);
        Assert.Equal(rows.Row(42).ToArray(), row);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10_001)]
    public void Options_OutOfRange_AreRefused(int neighbours) =>
        Assert.Throws<OptionsException>(() => new NearestNeighbourDetector(new NearestNeighbourDetectorOptions { Neighbours = neighbours }));

    private static double Expected(Matrix rows, ReadOnlySpan<float> query, int neighbours, int skip, NeighbourAggregation aggregation)
    {
        Neighbour[] nearest = PlainNeighbours.Find(rows, query, neighbours, skip);
        return aggregation == NeighbourAggregation.Largest ? nearest[^1].Distance : nearest.Average(neighbour => neighbour.Distance);
    }
}
