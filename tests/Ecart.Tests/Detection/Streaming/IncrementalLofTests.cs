using Ecart.Detection.Streaming;
using Ecart.Numerics;
using Ecart.Scoring;
using Ecart.Vectors;
using Xunit;

namespace Ecart.Tests.Detection.Streaming;

public sealed class IncrementalLofTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(128)]
    [InlineData(384)]
    public void Score_EverythingKept_IsTheTextbookLof(int dimension)
    {
        const int Neighbours = 6;
        var lof = new IncrementalLof(dimension, new CoresetOptions { Neighbours = Neighbours });
        var random = new SeededRandom(21);
        var rows = new List<float[]>();
        for (int i = 0; i < 150; i++)
        {
            rows.Add(Streams.Normal(random, dimension, i % 3 == 0 ? 10 : 0, i % 3 == 0 ? 0.3 : 1));
            lof.Learn(rows[^1]);
        }

        for (int i = 0; i < 20; i++)
        {
            float[] vector = Streams.Normal(random, dimension, i % 2 == 0 ? 10 : 0, i % 4 == 0 ? 3 : 1);
            double expected = PlainLof(rows, vector, Neighbours);
            Assert.Equal(expected, lof.Score(vector), 1e-4 * expected);
        }
    }

    [Fact]
    public void Score_TwoDensities_JudgesEachByItsOwn()
    {
        var lof = new IncrementalLof(2);
        var random = new SeededRandom(21);
        for (int i = 0; i < 4000; i++) lof.Learn(Streams.Normal(random, 2, i % 2 == 0 ? 0 : 100, i % 2 == 0 ? 0.1 : 5));

        // Nearer to the dense centre than almost all of the thin cluster is to its own.
        Assert.True(lof.Score([1.5f, 1.5f]) > 2 * lof.Score([104, 104]));
    }

    [Fact]
    public void Make_NeighboursThatCannotBe_IsRefused()
    {
        Assert.Throws<OptionsException>(() => new IncrementalLof(2, new CoresetOptions { Neighbours = 0 }));
        Assert.Throws<OptionsException>(() => new IncrementalLof(2, new CoresetOptions { Neighbours = 20, Exemplars = 20, MinimumObservations = 30 }));
        Assert.Throws<OptionsException>(() => new IncrementalLof(2, new CoresetOptions { Neighbours = 20, MinimumObservations = 20 }));
    }

    private static double PlainLof(List<float[]> rows, float[] vector, int k)
    {
        double around = NeighboursOf(rows, vector, -1, k).Average(i => Density(rows, rows[i], i, k));
        return around / Density(rows, vector, -1, k);
    }

    private static double Density(List<float[]> rows, float[] vector, int self, int k) =>
        1 / NeighboursOf(rows, vector, self, k).Average(i => Math.Max(
            VectorMath.Distance(vector, rows[i]), VectorMath.Distance(rows[i], rows[NeighboursOf(rows, rows[i], i, k)[^1]])));

    private static int[] NeighboursOf(List<float[]> rows, float[] vector, int self, int k) =>
        [.. Enumerable.Range(0, rows.Count).Where(i => i != self).OrderBy(i => VectorMath.Distance(vector, rows[i])).Take(k)];
}
