using Ecart.Detection.Streaming;
using Ecart.Numerics;
using Ecart.Vectors;
using Xunit;

namespace Ecart.Tests.Detection.Streaming;

public sealed class IncrementalKnnTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(128)]
    [InlineData(384)]
    public void Score_EverythingKept_IsMeanDistanceByTheMedianOfAll(int dimension)
    {
        const int Neighbours = 5;
        var knn = new IncrementalKnn(dimension, new CoresetOptions { Neighbours = Neighbours });
        var random = new SeededRandom(21);
        var rows = new List<float[]>();
        for (int i = 0; i < 101; i++)
        {
            rows.Add(Streams.Normal(random, dimension));
            knn.Learn(rows[^1]);
        }

        double median = rows.Select((row, i) => MeanDistance(rows.Where((_, other) => other != i), row, Neighbours)).Order().ElementAt(50);
        for (int i = 0; i < 20; i++)
        {
            float[] vector = Streams.Normal(random, dimension, i % 5);
            double expected = MeanDistance(rows, vector, Neighbours) / median;
            Assert.Equal(expected, knn.Score(vector), 1e-5 * expected);
        }
    }

    [Fact]
    public void Score_OtherUnits_IsTheSame()
    {
        var plain = new IncrementalKnn(4);
        var scaled = new IncrementalKnn(4);
        var random = new SeededRandom(3);
        for (int i = 0; i < 2000; i++)
        {
            float[] vector = Streams.Normal(random, 4);
            float[] other = [.. vector.Select(x => x * 1024)];
            Assert.Equal(plain.Score(vector), scaled.Score(other), 1e-9);
            plain.Learn(vector);
            scaled.Learn(other);
        }
    }

    private static double MeanDistance(IEnumerable<float[]> rows, float[] vector, int k) =>
        rows.Select(row => VectorMath.Distance(row, vector)).Order().Take(k).Average();
}
