using System.Runtime.InteropServices;
using CsCheck;
using Ecart.TestKit;
using Ecart.Vectors;
using Ecart.Vectors.Neighbours;
using Xunit;

namespace Ecart.Tests.Vectors.Neighbours;

public sealed class ExactNeighboursTests
{
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    public static TheoryData<int> Dimensions => [1, 7, 128, 384];

    [Theory]
    [MemberData(nameof(Dimensions))]
    public void Find_AnyRows_EqualsSortingAllDistances(int dimension) => Gen.Select(Gen.ULong, Gen.Int[1, 70], Gen.Int[1, 12], Gen.Int[-1, 69]).Sample(
        (seed, count, wanted, skip) =>
        {
            Matrix rows = PlainNeighbours.Uniform(count, dimension, seed);
            Matrix query = PlainNeighbours.Uniform(1, dimension, seed + 1);
            Neighbour[] expected = PlainNeighbours.Find(rows, query.Row(0), wanted, skip);
            var nearest = new Neighbour[wanted];

            int found = new ExactNeighbours(rows).Find(query.Row(0), nearest, skip);

            Assert.Equal(expected.Length, found);
            AssertSame(expected, nearest.AsSpan(0, found));
        },
        seed: "0000KOIbCd64",
        iter: 100);

    [Theory]
    [MemberData(nameof(Dimensions))]
    public void FindMany_AnyThreads_EqualsEachAlone(int dimension)
    {
        Matrix rows = PlainNeighbours.Uniform(2000, dimension, 1);
        Matrix queries = PlainNeighbours.Uniform(131, dimension, 2);
        var index = new ExactNeighbours(rows);
        var nearest = new Neighbour[131 * 5];
        var alone = new Neighbour[5];
        foreach (int threads in new[] { 1, 3 })
        {
            Assert.Equal(5, index.FindMany(queries, 5, nearest, threads, cancellation));
            for (int query = 0; query < queries.Rows; query++)
            {
                index.Find(queries.Row(query), alone);
                Assert.Equal(alone, nearest.AsSpan(query * 5, 5).ToArray());
            }
        }
    }

    [Theory]
    [MemberData(nameof(Dimensions))]
    public void FindOthers_EveryRow_LeavesItselfOut(int dimension)
    {
        Matrix rows = PlainNeighbours.Uniform(150, dimension, 3);
        rows.Row(7).CopyTo(rows.Row(120));
        var nearest = new Neighbour[150 * 4];

        Assert.Equal(4, new ExactNeighbours(rows).FindOthers(4, nearest, 2, cancellation));

        for (int row = 0; row < rows.Rows; row++) AssertSame(PlainNeighbours.Find(rows, rows.Row(row), 4, row), nearest.AsSpan(row * 4, 4));
        Assert.Equal(new Neighbour(120, 0), nearest[7 * 4]);
    }

    [Fact]
    public void Find_EquallyNearRows_AreOrderedByNumber()
    {
        var rows = new Matrix(100, 3);
        for (int row = 0; row < 100; row++) rows.Row(row)[1] = row % 2;
        var nearest = new Neighbour[6];

        new ExactNeighbours(rows).Find([0, 1, 0], nearest);

        Assert.Equal([1, 3, 5, 7, 9, 11], nearest.Select(neighbour => neighbour.Row));
    }

    [Fact]
    public void Find_MoreThanThereAre_FindsAll()
    {
        Matrix rows = PlainNeighbours.Uniform(5, 2, 4);
        var nearest = new Neighbour[9];
        var index = new ExactNeighbours(rows);

        Assert.Equal(5, index.Find([0, 0], nearest));
        Assert.Equal(4, index.Find([0, 0], nearest, 3));
        Assert.DoesNotContain(nearest[..4], neighbour => neighbour.Row == 3);
        Assert.Equal(0, new ExactNeighbours(PlainNeighbours.Uniform(1, 2, 4)).Find([0, 0], nearest, 0));
    }

    [Fact]
    public void Find_LargestFloats_AreOrderedByTheirTrueDistance()
    {
        var rows = new Matrix([float.MaxValue, 1e30f, 3, float.MinValue], 4, 1);
        var nearest = new Neighbour[4];

        Assert.Equal(4, new ExactNeighbours(rows).Find([0.9f * float.MaxValue], nearest));

        Assert.Equal([0, 1, 2, 3], nearest.Select(neighbour => neighbour.Row));
        Assert.All(nearest, neighbour => Assert.True(double.IsFinite(neighbour.Distance)));
    }

    [Fact]
    public void Find_4096Dimensions_EqualsSortingAllDistances()
    {
        Matrix rows = PlainNeighbours.Uniform(40, 4096, 5);
        var nearest = new Neighbour[3];
        new ExactNeighbours(rows).Find(rows.Row(11), nearest);
        AssertSame(PlainNeighbours.Find(rows, rows.Row(11), 3), nearest);
    }

    [Fact]
    public void Find_AnyQuery_DoesNotAllocate()
    {
        var index = new ExactNeighbours(PlainNeighbours.Uniform(1000, 33, 6));
        float[] query = new float[33];
        var nearest = new Neighbour[10];
        index.Find(query, nearest);
        Assert.Equal(0, Allocation.Of(() =>
        {
            for (int i = 0; i < 100; i++) index.Find(query, nearest);
        }));
    }

    [Fact]
    public void Find_WrongArguments_AreRefused()
    {
        var index = new ExactNeighbours(PlainNeighbours.Uniform(10, 3, 7));
        Assert.Contains("2 dimensions", Assert.Throws<ArgumentException>(() => index.Find(new float[2], new Neighbour[1])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => index.FindMany(new Matrix(4, 3), 2, new Neighbour[7], 1, cancellation));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExactNeighbours(new Matrix(0, 3)));
        Assert.Throws<ArgumentOutOfRangeException>(() => index.CopyRow(10, new float[3]));
    }

    /// <summary>Registers of 8 and of 16 floats must agree to the bit, with one query and with four; either also runs where it is emulated.</summary>
    [Theory]
    [MemberData(nameof(Dimensions))]
    public void Scan_AnyWidthOfRegisters_GivesTheSameBits(int dimension)
    {
        RowPanels panels = new ExactNeighbours(PlainNeighbours.Uniform(100, dimension, 8)).Panels;
        float[] queries = PlainNeighbours.Uniform(4, dimension, 9).Values;
        Neighbour[] expected = Scan(queries, (ref float first, NearestBlock block) => PanelScan256.Four(panels, 0, panels.Panels, ref first, 0, block));
        Assert.Equal(expected, Scan(queries, (ref float first, NearestBlock block) => PanelScan512.Four(panels, 0, panels.Panels, ref first, 0, block)));
        Assert.Equal(expected, Scan(queries, (ref float first, NearestBlock block) =>
        {
            for (int query = 0; query < 4; query++) PanelScan256.One(panels, 0, panels.Panels, ref first, query, block);
        }));
        Assert.Equal(expected, Scan(queries, (ref float first, NearestBlock block) =>
        {
            for (int query = 0; query < 4; query++) PanelScan512.One(panels, 0, panels.Panels, ref first, query, block);
        }));
    }

    private delegate void ScanFour(ref float first, NearestBlock block);

    private static Neighbour[] Scan(float[] queries, ScanFour scan)
    {
        var nearest = new Neighbour[4 * 6];
        scan(ref MemoryMarshal.GetArrayDataReference(queries), new NearestBlock(nearest, 6, new float[4], new int[4], [-1, -1, 3, -1]));
        return nearest;
    }

    private static void AssertSame(Neighbour[] expected, ReadOnlySpan<Neighbour> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i].Row, actual[i].Row);
            Assert.Equal(expected[i].SquaredDistance, actual[i].SquaredDistance, 1e-9 * Math.Max(1, expected[i].SquaredDistance));
        }
    }
}
