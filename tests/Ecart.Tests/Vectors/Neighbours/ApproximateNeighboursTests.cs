using Ecart.Scoring;
using Ecart.TestKit;
using Ecart.Vectors;
using Ecart.Vectors.Neighbours;
using Xunit;

namespace Ecart.Tests.Vectors.Neighbours;

public sealed class ApproximateNeighboursTests
{
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    /// <summary>The gate: rows that took no part in building, against the exact search.</summary>
    [Theory]
    [InlineData(true, 16)]
    [InlineData(true, 64)]
    [InlineData(false, 4)]
    [InlineData(false, 16)]
    [InlineData(false, 64)]
    public void Find_NewQueries_FindsAtLeast95PercentOfTheTruth(bool isClustered, int dimension)
    {
        const int Count = 10;
        Matrix rows = isClustered ? PlainNeighbours.Clustered(20_000, dimension, 1) : PlainNeighbours.Uniform(20_000, dimension, 1);
        Matrix queries = isClustered ? PlainNeighbours.Clustered(300, dimension, 2) : PlainNeighbours.Uniform(300, dimension, 2);
        ApproximateNeighbours index = ApproximateNeighbours.Build(rows, null, cancellation);
        var found = new Neighbour[queries.Rows * Count];
        var truth = new Neighbour[queries.Rows * Count];

        index.FindMany(queries, Count, found, 0, cancellation);
        new ExactNeighbours(rows).FindMany(queries, Count, truth, 0, cancellation);

        int hits = 0;
        for (int query = 0; query < queries.Rows; query++)
        {
            var rowsOfTruth = truth.AsSpan(query * Count, Count).ToArray().Select(neighbour => neighbour.Row).ToHashSet();
            hits += found.AsSpan(query * Count, Count).ToArray().Count(neighbour => rowsOfTruth.Contains(neighbour.Row));
        }

        Assert.InRange(hits / (double)truth.Length, 0.95, 1);
        Assert.InRange(index.MeasuredRecall, 0.95, 1);
        if (isClustered) Assert.True(index.Probes < index.Lists / 3, $"{index.Probes} of {index.Lists} lists");
    }

    [Fact]
    public void Build_AnyThreads_GivesTheSameIndex()
    {
        Matrix rows = PlainNeighbours.Clustered(3000, 9, 3);
        ApproximateNeighbours one = ApproximateNeighbours.Build(rows, new ApproximateNeighboursOptions { Threads = 1 }, cancellation);
        ApproximateNeighbours four = ApproximateNeighbours.Build(rows, new ApproximateNeighboursOptions { Threads = 4 }, cancellation);
        var left = new Neighbour[rows.Rows * 3];
        var right = new Neighbour[rows.Rows * 3];
        one.FindOthers(3, left, 1, cancellation);
        four.FindOthers(3, right, 4, cancellation);
        Assert.Equal(left, right);
        Assert.Equal((one.Probes, one.MeasuredRecall), (four.Probes, four.MeasuredRecall));
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 3)]
    [InlineData(17, 1)]
    [InlineData(40, 4096)]
    public void Find_FewRows_FindsAll(int count, int dimension)
    {
        Matrix rows = PlainNeighbours.Uniform(count, dimension, 4);
        ApproximateNeighbours index = ApproximateNeighbours.Build(rows, new ApproximateNeighboursOptions { Recall = 1 }, cancellation);
        var nearest = new Neighbour[count + 3];
        Assert.Equal(count, index.Find(rows.Row(0), nearest));
        Assert.Equal(PlainNeighbours.Find(rows, rows.Row(0), count).Select(neighbour => neighbour.Row), nearest[..count].Select(neighbour => neighbour.Row));
        Assert.Equal(count - 1, index.Find(rows.Row(0), nearest, 0));
        var copied = new float[dimension];
        index.CopyRow(count - 1, copied);
        Assert.Equal(rows.Row(count - 1).ToArray(), copied);
    }

    [Fact]
    public void Find_RowsAllAlike_FindsThem()
    {
        var rows = new Matrix(500, 3);
        ApproximateNeighbours index = ApproximateNeighbours.Build(rows, null, cancellation);
        var nearest = new Neighbour[7];
        Assert.Equal(7, index.Find([1, 0, 0], nearest));
        Assert.All(nearest, neighbour => Assert.Equal(1, neighbour.SquaredDistance));
    }

    [Fact]
    public void Find_LargestFloats_AreFound()
    {
        Matrix rows = PlainNeighbours.Uniform(100, 2, 5);
        rows.Row(4).Fill(float.MaxValue);
        ApproximateNeighbours index = ApproximateNeighbours.Build(rows, null, cancellation);
        var nearest = new Neighbour[3];
        Assert.Equal(3, index.Find([float.MaxValue, float.MaxValue], nearest));
        Assert.Equal(4, nearest[0].Row);
        Assert.All(nearest, neighbour => Assert.True(double.IsFinite(neighbour.SquaredDistance)));
    }

    [Fact]
    public void Find_AnyQuery_DoesNotAllocate()
    {
        ApproximateNeighbours index = ApproximateNeighbours.Build(PlainNeighbours.Uniform(5000, 12, 6), null, cancellation);
        float[] query = new float[12];
        var nearest = new Neighbour[10];
        index.Find(query, nearest);
        Assert.Equal(0, Allocation.Of(() =>
        {
            for (int i = 0; i < 100; i++) index.Find(query, nearest);
        }));
    }

    [Fact]
    public void Build_WrongArguments_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ApproximateNeighbours.Build(new Matrix(0, 3), null, cancellation));
        Assert.Throws<OptionsException>(() => ApproximateNeighbours.Build(new Matrix(3, 3), new ApproximateNeighboursOptions { Recall = 0.1 }, cancellation));
        Assert.Throws<OptionsException>(() => ApproximateNeighbours.Build(new Matrix(3, 3), new ApproximateNeighboursOptions { Recall = double.NaN }, cancellation));
    }
}
