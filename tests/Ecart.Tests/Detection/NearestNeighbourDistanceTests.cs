using CsCheck;
using Ecart.Detection;
using Ecart.Numerics;
using Xunit;

namespace Ecart.Tests.Detection;

public sealed class NearestNeighbourDistanceTests
{
    public static TheoryData<int> Dimensions => [1, 7, 128, 384];

    [Theory]
    [MemberData(nameof(Dimensions))]
    public void Mean_AnyRows_EqualsSortingAllDistances(int dimension) => Gen.Select(Gen.ULong, Gen.Int[1, 30], Gen.Int[1, 8]).Sample((seed, count, neighbours) =>
    {
        var rows = Rows(seed, count, dimension);
        var vector = Rows(seed + 1, 1, dimension);
        var expected = Sorted(vector, rows, -1).Take(neighbours).ToArray();

        var mean = NearestNeighbourDistance.Mean(vector, rows, neighbours);

        if (expected.Length < neighbours) Assert.Equal(double.NaN, mean);
        else Assert.Equal(expected.Average(), mean, 1e-4);
    }, seed: "0000KOIbCd64", iter: 100);

    [Theory]
    [MemberData(nameof(Dimensions))]
    public void LeaveOneOut_AnyRows_EqualsPlainComputation(int dimension) => Gen.Select(Gen.ULong, Gen.Int[6, 20]).Sample((seed, count) =>
    {
        var rows = Rows(seed, count, dimension);
        double[] means = [.. Enumerable.Range(0, count).Select(row => Sorted(rows[(row * dimension)..((row + 1) * dimension)], rows, row).Take(5).Average())];

        var (mean, deviation) = NearestNeighbourDistance.LeaveOneOut(rows, dimension, 5);

        Assert.Equal(means.Average(), mean, 1e-4);
        Assert.Equal(Math.Sqrt(means.Sum(value => Math.Pow(value - means.Average(), 2)) / (count - 1)), deviation, 1e-3);
    }, seed: "0000KOIbCd64", iter: 50);

    [Fact]
    public void LeaveOneOut_NotMoreRowsThanNeighbours_HasNoOpinion() =>
        Assert.Equal((double.NaN, 0), NearestNeighbourDistance.LeaveOneOut(Rows(1, 5, 7), 7, 5));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.2, 0.25)]
    [InlineData(0.4, 0.5)]
    [InlineData(0.8, 1)]
    [InlineData(7, 1)]
    public void Score_MeanAgainstItsThreshold_ThresholdScoresHalf(double mean, double expected) =>
        Assert.Equal(expected, NearestNeighbourDistance.Score(mean, 0.4), 1e-12);

    private static float[] Rows(ulong seed, int count, int dimension)
    {
        var random = new SeededRandom(seed);
        return [.. Enumerable.Range(0, count * dimension).Select(_ => (float)random.NextNormal())];
    }

    private static IEnumerable<double> Sorted(float[] vector, float[] rows, int skip) => rows.Chunk(vector.Length)
        .Where((_, row) => row != skip)
        .Select(row => Math.Sqrt(row.Zip(vector, (left, right) => ((double)left - right) * ((double)left - right)).Sum()))
        .Order();
}
