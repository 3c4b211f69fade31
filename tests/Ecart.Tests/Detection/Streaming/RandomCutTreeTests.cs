using Ecart.Detection.Streaming;
using Ecart.Numerics;
using Xunit;

namespace Ecart.Tests.Detection.Streaming;

public sealed class RandomCutTreeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(128)]
    [InlineData(384)]
    public void AddAndRemove_AtRandom_LeavesAValidTree(int dimension)
    {
        var random = new SeededRandom(6);
        var points = new SharedPoints(dimension);
        var tree = new RandomCutTree(32, dimension, points);
        var kept = new List<(int Leaf, float[] Vector)>();

        for (int step = 0; step < 800; step++)
        {
            if (kept.Count == 32 || (kept.Count > 0 && random.Chance(0.45)))
            {
                int gone = random.Next(kept.Count);
                tree.Remove(kept[gone].Leaf);
                kept.RemoveAt(gone);
            }
            else
            {
                // One in four is a duplicate.
                float[] vector = kept.Count > 0 && random.Chance(0.25) ? kept[random.Next(kept.Count)].Vector : Streams.Normal(random, dimension);
                int point = points.Add(vector);
                kept.Add((tree.Add(point, random), vector));
                points.FreeUnlessReferred(point);
            }

            Assert.Equal(kept.Count, tree.Mass);
            if (kept.Count == 0) continue;
            var found = new List<float[]>();
            AssertValid(tree, tree.Root, found);
            Assert.Equal(kept.Select(entry => entry.Vector[0]).Order(), found.Select(vector => vector[0]).Order());
        }

        Assert.InRange(points.Bytes, 1, (sizeof(float) * 64 * dimension) + 512);
    }

    [Fact]
    public void Add_AnyOrder_FirstCutFollowsTheSidesOfTheBox()
    {
        // Sides 3 and 1: three of four trees cut the first dimension first, also where the outlying point came last or another has left.
        int first = 0;
        const int Trees = 4000;
        var random = new SeededRandom(2);
        float[][] vectors = [[0, 0], [3, 0.5f], [1, 1], [9, 9]];
        for (int i = 0; i < Trees; i++)
        {
            var points = new SharedPoints(2);
            var tree = new RandomCutTree(4, 2, points);
            int[] order = i % 2 == 0 ? [0, 1, 2, 3] : [3, 2, 0, 1];
            int gone = 0;
            foreach (int v in order)
            {
                int leaf = tree.Add(points.Add(vectors[v]), random);
                if (v == 3) gone = leaf;
            }

            tree.Remove(gone);
            // [1, 1] and [0, 0] differ by 1 in the second dimension, [3, .5] lies between them: a first cut of the second dimension has sides 0 and 1.
            (int left, int right) = tree.ChildrenOf(tree.Root);
            if (Math.Max(tree.UpperOf(left)[0], tree.LowerOf(left)[0]) < tree.LowerOf(right)[0]) first++;
        }

        // Cuts of the second dimension below 0.5 leave [0, 0] alone on the left, which looks like a cut of the first: half of a quarter.
        Assert.Equal(0.75 + 0.125, first / (double)Trees, 0.025);
    }

    private static int AssertValid(RandomCutTree tree, int node, List<float[]> found)
    {
        if (tree.IsLeaf(node))
        {
            for (int i = 0; i < tree.MassOf(node); i++) found.Add(tree.LowerOf(node).ToArray());
            return tree.MassOf(node);
        }

        int before = found.Count;
        (int left, int right) = tree.ChildrenOf(node);
        int mass = AssertValid(tree, left, found);
        int middle = found.Count;
        mass += AssertValid(tree, right, found);
        Assert.Equal(mass, tree.MassOf(node));
        for (int i = before; i < found.Count; i++) Assert.Equal(i < middle ? left : right, tree.ChildOf(node, found[i]));
        double sides = 0;
        for (int j = 0; j < found[before].Length; j++)
        {
            float lower = found.Skip(before).Min(vector => vector[j]);
            float upper = found.Skip(before).Max(vector => vector[j]);
            Assert.Equal((lower, upper), (tree.LowerOf(node)[j], tree.UpperOf(node)[j]));
            sides += upper - lower;
        }

        Assert.Equal(sides, tree.SidesOf(node), 1e-4 * sides);
        return mass;
    }
}
