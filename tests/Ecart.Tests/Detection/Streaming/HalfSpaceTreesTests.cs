using Ecart.Detection.Streaming;
using Ecart.Numerics;
using Xunit;

namespace Ecart.Tests.Detection.Streaming;

public sealed class HalfSpaceTreesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(128)]
    [InlineData(384)]
    public void Score_AVector_IsThatOfCountingTheWindow(int dimension)
    {
        var options = new HalfSpaceTreesOptions { Trees = 5, Depth = 6, Window = 64 };
        var trees = new HalfSpaceTrees(dimension, options);
        var cuts = new HalfSpaceCuts(dimension, options.Trees, options.Depth, new SeededRandom(options.Seed));
        var random = new SeededRandom(9);
        var rows = new List<float[]>();
        for (int i = 0; i < 150; i++)
        {
            rows.Add(Streams.Normal(random, dimension));
            trees.Learn(rows[^1]);
        }

        // The last whole window.
        List<float[]> window = rows[64..128];
        for (int i = 0; i < 20; i++)
        {
            float[] vector = Streams.Normal(random, dimension, 0.2 * i);
            Assert.Equal(Plain(cuts, options, window, vector), trees.Score(vector), 1e-9);
        }
    }

    [Fact]
    public void Score_WhereNothingWas_IsNearlyTheLargest()
    {
        var trees = new HalfSpaceTrees(3);
        var random = new SeededRandom(9);
        Streams.LearnNormal(trees, random, 1000);

        Assert.InRange(trees.Score([100, 100, 100]), 5, Math.Log2(251));
        Assert.InRange(trees.Score([0, 0, 0]), 0, 0.5);
    }

    private static double Plain(HalfSpaceCuts cuts, HalfSpaceTreesOptions options, List<float[]> window, float[] vector)
    {
        double total = 0;
        float[] unit = Unit(window, vector);
        for (int tree = 0; tree < options.Trees; tree++)
        {
            int node = 0;
            int depth = 0;
            List<float[]> inside = [.. window.Select(row => Unit(window, row))];
            while (depth < options.Depth && inside.Count > 0.1 * options.Window)
            {
                int child = cuts.Child(tree, node, unit);
                inside = [.. inside.Where(row => cuts.Child(tree, node, row) == child)];
                node = child;
                depth++;
            }

            total += Math.Log2(1 + (options.Window / (1 + (inside.Count * Math.Pow(2, depth)))));
        }

        return total / options.Trees;
    }

    private static float[] Unit(List<float[]> window, float[] vector) =>
        [.. vector.Select((x, j) => (x - window.Min(row => row[j])) * (1 / (window.Max(row => row[j]) - window.Min(row => row[j]))))];
}
