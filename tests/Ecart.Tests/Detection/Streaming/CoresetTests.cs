using Ecart.Detection.Streaming;
using Ecart.Numerics;
using Ecart.Vectors;
using Xunit;

namespace Ecart.Tests.Detection.Streaming;

public sealed class CoresetTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(128)]
    [InlineData(384)]
    public void Offer_PointsComeAndGo_NeighboursAreThoseOfAPlainSearch(int dimension)
    {
        const int Neighbours = 4;
        var coreset = new Coreset(dimension, 40, Neighbours, 100, 3);
        var random = new SeededRandom(8);

        for (int time = 0; time < 600; time++)
        {
            // Rounded, so that in one dimension many are duplicates.
            float[] vector = Streams.Normal(random, dimension);
            for (int j = 0; j < dimension; j++) vector[j] = MathF.Round(vector[j], 1);
            coreset.Offer(vector, time);
            if (time % 37 == 0 || time < 8) AssertNeighbours(coreset, Neighbours);
        }

        AssertNeighbours(coreset, Neighbours);
    }

    [Fact]
    public void FindNearest_AVector_IsThatOfAPlainSearch()
    {
        var coreset = new Coreset(7, 40, 5, 100, 3);
        var random = new SeededRandom(8);
        for (int time = 0; time < 300; time++) coreset.Offer(Streams.Normal(random, 7), time);
        float[] vector = Streams.Normal(random, 7);
        var places = new int[5];
        var distances = new double[5];

        coreset.FindNearest(vector, places, distances);

        int[] expected = [.. Enumerable.Range(0, coreset.Count).OrderBy(i => VectorMath.Distance(vector, coreset.Point(i))).Take(5)];
        Assert.Equal(expected, places);
        for (int i = 0; i < 5; i++) Assert.Equal(VectorMath.Distance(vector, coreset.Point(expected[i])), distances[i], 1e-6);
    }

    private static void AssertNeighbours(Coreset coreset, int neighbours)
    {
        for (int place = 0; place < coreset.Count; place++)
        {
            var expected = new List<double>();
            for (int other = 0; other < coreset.Count; other++)
                if (other != place) expected.Add(VectorMath.Distance(coreset.Point(place), coreset.Point(other)));
            expected.Sort();
            ReadOnlySpan<double> found = coreset.DistancesOf(place);
            ReadOnlySpan<int> ids = coreset.NeighboursOf(place);
            for (int i = 0; i < neighbours; i++)
            {
                if (i >= expected.Count)
                {
                    Assert.Equal(double.PositiveInfinity, found[i]);
                    continue;
                }

                Assert.Equal(expected[i], found[i], 1e-6);
                Assert.Equal(found[i], VectorMath.Distance(coreset.Point(place), coreset.Point(ids[i])), 1e-6);
            }
        }
    }
}
