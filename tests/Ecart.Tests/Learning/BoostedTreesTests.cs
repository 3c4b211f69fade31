using Ecart.Detection;
using Ecart.Detection.Batch;
using Ecart.Learning;
using Ecart.Numerics;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Tests.Learning;

public sealed class BoostedTreesTests
{
    /// <summary>a ≤ 1 ? −1 : (b ≤ 5 ? 2 : 3), and a constant tree of 0.5.</summary>
    private static readonly BoostedTrees Small = new(
        ["a", "b"], [0, ~3], [new TreeNode(0, 1, ~0, 1, 0.5), new TreeNode(1, 5, ~1, ~2, 2.5)], [-1, 2, 3, 0.5], slope: 2, intercept: -1);

    [Theory]
    [InlineData(1, 9, -1)]
    [InlineData(1.5, 5, 2)]
    [InlineData(1.5, 5.5, 3)]
    [InlineData(float.NaN, 9, -1)]
    [InlineData(float.PositiveInfinity, float.NaN, 2)]
    public void Probability_AnyVector_FollowsTheTrees(float a, float b, double leaf) =>
        Assert.Equal(1 / (1 + Math.Exp(-((2 * (leaf + 0.5)) - 1))), Small.Probability([a, b]), 1e-12);

    [Theory]
    [InlineData(1, 9)]
    [InlineData(1.5, 5)]
    [InlineData(1.5, 5.5)]
    public void Explain_AnyVector_AddsUpToTheChangeFromTheRoots(float a, float b)
    {
        var contributions = new double[2];
        double probability = Small.Probability([a, b]);

        Small.Explain([a, b], contributions);

        Assert.Equal(Math.Log(probability / (1 - probability)), (2 * (0.5 + 0.5)) - 1 + contributions.Sum(), 1e-9);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(128)]
    public void Restore_WhatWasSaved_GivesTheSameProbabilities(int dimension)
    {
        BoostedTrees trees = Random(dimension, seed: 3);
        BoostedTrees restored = BoostedTreesArtefact.Restore(trees.Save());
        var random = new SeededRandom(5);
        var vector = new float[dimension];
        for (int i = 0; i < 200; i++)
        {
            for (int j = 0; j < dimension; j++) vector[j] = (float)random.NextNormal();
            Assert.Equal(trees.Probability(vector), restored.Probability(vector));
            Assert.Equal(Walk(trees, vector), trees.Probability(vector), 1e-12);
        }

        Assert.Equal(trees.Features, restored.Features);
    }

    [Fact]
    public void Restore_CutOrChangedAnywhere_SaysThatItIsDamaged()
    {
        byte[] artefact = Small.Save();
        for (int length = 0; length < artefact.Length; length++)
            Assert.Throws<ArtefactException>(() => BoostedTreesArtefact.Restore(artefact.AsSpan(0, length)));
        for (int position = 0; position < artefact.Length; position++)
        {
            byte[] changed = [.. artefact];
            changed[position] ^= 0x55;
            Assert.Throws<ArtefactException>(() => BoostedTreesArtefact.Restore(changed));
        }
    }

    [Fact]
    public void Restore_FutureFormat_NamesBothFormats()
    {
        byte[] artefact = Small.Save();
        artefact[4] = 9;

        var error = Assert.Throws<ArtefactException>(() => BoostedTreesArtefact.Restore(artefact));

        Assert.Contains("format 9; this program reads up to 1", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, 1, -1, -2)]
    [InlineData(0, float.NaN, -1, -2)]
    [InlineData(0, 1, 0, -2)]
    [InlineData(0, 1, 1, -2)]
    [InlineData(0, 1, -1, -9)]
    public void Constructor_NodeThatLeadsNowhere_IsRefused(int feature, float threshold, int lower, int higher) =>
        Assert.Throws<ArtefactException>(() => new BoostedTrees(["a", "b"], [0], [new TreeNode(feature, threshold, lower, higher, 0)], [1, 2], 1, 0));

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void Probability_WrongLength_SaysBoth(int length)
    {
        var error = Assert.Throws<DetectorInputException>(() => Small.Probability(new float[length]));

        Assert.Contains($"{length} values; there are 2 features", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Probability_AnyVector_AllocatesNothing()
    {
        BoostedTrees trees = Random(64, seed: 1);
        var vector = new float[64];
        trees.Probability(vector);

        Assert.Equal(0, Allocation.Of(() =>
        {
            for (int i = 0; i < 100; i++) trees.Probability(vector);

        }));
    }

    private static BoostedTrees Random(int dimension, ulong seed)
    {
        var random = new SeededRandom(seed);
        var nodes = new List<TreeNode>();
        var leaves = new List<double>();
        var roots = new List<int>();
        for (int tree = 0; tree < 30; tree++)
        {
            // A chain: each node has one leaf and the next node.
            int first = nodes.Count;
            int depth = 1 + random.Next(6);
            roots.Add(first);
            for (int i = 0; i < depth; i++)
            {
                leaves.Add(random.NextNormal());
                int next = i == depth - 1 ? ~leaves.Count : first + i + 1;
                nodes.Add(new TreeNode(random.Next(dimension), (float)random.NextNormal(), ~(leaves.Count - 1), next, 0));
            }

            leaves.Add(random.NextNormal());
        }

        return new BoostedTrees([.. Enumerable.Range(0, dimension).Select(i => $"f{i}")], [.. roots], [.. nodes], [.. leaves], 0.3, -2);
    }

    private static double Walk(BoostedTrees trees, float[] vector)
    {
        double sum = 0;
        foreach (int root in trees.Roots) sum += WalkFrom(trees, root, vector);
        return 1 / (1 + Math.Exp(-((trees.Slope * sum) + trees.Intercept)));
    }

    private static double WalkFrom(BoostedTrees trees, int position, float[] vector)
    {
        if (position < 0) return trees.Leaves[~position];
        TreeNode node = trees.Nodes[position];
        return WalkFrom(trees, vector[node.Feature] > node.Threshold ? node.Higher : node.Lower, vector);
    }
}
