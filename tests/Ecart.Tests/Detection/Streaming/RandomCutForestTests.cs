using Ecart.Detection.Streaming;
using Ecart.Numerics;
using Xunit;

namespace Ecart.Tests.Detection.Streaming;

public sealed class RandomCutForestTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(128)]
    [InlineData(384)]
    public void Score_AnyVector_IsTheExpectedInverseDepthOfAPlainRecursion(int dimension)
    {
        var forest = new RandomCutForest(dimension, new RandomCutForestOptions { Trees = 10, SampleSize = 64, Window = 200 });
        var random = new SeededRandom(5);
        Streams.LearnNormal(forest, random, 500);
        float[] seen = Streams.Normal(random, dimension);
        for (int i = 0; i < 40; i++) forest.Learn(seen);

        for (int i = 0; i < 10; i++)
        {
            float[] vector = i == 0 ? seen : Streams.Normal(random, dimension, i - 4);
            double expected = forest.Trees.Average(tree => Math.Log2(1 + tree.Mass) * Expected(tree, tree.Root, vector, 0));
            Assert.Equal(expected, forest.Score(vector), 1e-5 * expected);
        }
    }

    [Fact]
    public void Score_SimulatedInsertion_IsTheMeanOfRealOnes()
    {
        // The expected inverse depth is over the cuts that adding the vector would draw: add it to many equal trees and measure.
        const int Trees = 2000;
        float[] vector = [2.5f, -1];
        var random = new SeededRandom(5);
        float[][] rows = [.. Enumerable.Range(0, 40).Select(_ => Streams.Normal(random, 2))];
        double predicted = 0;
        double measured = 0;
        for (int t = 0; t < Trees; t++)
        {
            var points = new SharedPoints(2);
            var tree = new RandomCutTree(41, 2, points);
            foreach (float[] row in rows) tree.Add(points.Add(row), random);
            predicted += Expected(tree, tree.Root, vector, 0);
            int leaf = tree.Add(points.Add(vector), random);
            int depth = 0;
            for (int node = tree.Root; node != leaf; node = tree.ChildOf(node, vector)) depth++;
            measured += 1.0 / depth;
        }

        Assert.Equal(predicted / Trees, measured / Trees, 0.05 * predicted / Trees);
    }

    [Fact]
    public void Score_AGroupOfOutliers_DoesNotHideItself()
    {
        var forest = new RandomCutForest(3);
        var random = new SeededRandom(5);
        Streams.LearnNormal(forest, random, 3000);
        double typical = Streams.MeanScore(forest, random, 200);
        for (int i = 0; i < 10; i++) forest.Learn([9, 9, 9]);

        Assert.True(forest.Score([9.1f, 9.1f, 9.1f]) > 1.5 * typical);
    }

    [Fact]
    public void Learn_OtherSeed_ScoresDifferButAgree()
    {
        var one = new RandomCutForest(3);
        var other = new RandomCutForest(3, new RandomCutForestOptions { Seed = 2 });
        Streams.LearnNormal(one, new SeededRandom(5), 2000);
        Streams.LearnNormal(other, new SeededRandom(5), 2000);

        float[] vector = [2, 0, -1];
        Assert.NotEqual(one.Score(vector), other.Score(vector));
        Assert.Equal(one.Score(vector), other.Score(vector), 0.15 * one.Score(vector));
    }

    private static double Expected(RandomCutTree tree, int node, float[] vector, int depth)
    {
        double outside = 0;
        double sides = 0;
        for (int j = 0; j < vector.Length; j++)
        {
            float lower = tree.LowerOf(node)[j];
            float upper = tree.UpperOf(node)[j];
            outside += Math.Max(0, lower - vector[j]) + Math.Max(0, vector[j] - upper);
            sides += upper - lower;
        }

        double parted = outside > 0 ? outside / (outside + sides) : 0;
        if (!tree.IsLeaf(node)) return (parted / (depth + 1)) + ((1 - parted) * Expected(tree, tree.ChildOf(node, vector), vector, depth + 1));
        if (outside > 0) return 1.0 / (depth + 1);
        return (1 - (0.5 * tree.MassOf(node) / tree.Mass)) / (depth + Math.Log2(1 + tree.MassOf(node)));
    }
}
