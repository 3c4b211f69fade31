using System.Buffers;
using Ecart.Numerics;
using Ecart.Vectors;

namespace Ecart.Detection.Batch.Isolation;

/// <summary>Grows one tree after another from samples of the same rows. Not thread-safe: one a thread.</summary>
internal sealed class IsolationTreeGrower
{
    private readonly Matrix rows;
    private readonly int[] order;
    private readonly int[] dimensions;
    private readonly int[] sample;

    public IsolationTreeGrower(Matrix rows, int sample)
    {
        this.rows = rows;
        order = new int[rows.Rows];
        dimensions = new int[rows.Columns];
        this.sample = new int[sample];
        for (int row = 0; row < order.Length; row++) order[row] = row;
    }

    /// <summary>Grows tree number <paramref name="tree"/>; it depends on the rows and the generator alone, not on what was grown before.</summary>
    public void Grow(IsolationTrees trees, int tree, SeededRandom random)
    {
        DrawSample(random);
        for (int dimension = 0; dimension < dimensions.Length; dimension++) dimensions[dimension] = dimension;
        Split(trees.SplitsOf(tree), trees.DepthsOf(tree), new Place(0, 0, trees.Levels), sample, 0, random);
    }

    /// <summary>The first steps of a shuffle, undone afterwards, so that the next tree starts from the same order.</summary>
    private void DrawSample(SeededRandom random)
    {
        int[] swaps = ArrayPool<int>.Shared.Rent(sample.Length);
        for (int i = 0; i < sample.Length; i++)
        {
            swaps[i] = i + random.Next(order.Length - i);
            (order[i], order[swaps[i]]) = (order[swaps[i]], order[i]);
            sample[i] = order[i];
        }

        for (int i = sample.Length - 1; i >= 0; i--) (order[i], order[swaps[i]]) = (order[swaps[i]], order[i]);
        ArrayPool<int>.Shared.Return(swaps);
    }

    /// <returns>The mean length of the paths through the node, for the rows of its part of the sample.</returns>
    private double Split(Span<IsolationTrees.Split> splits, Span<float> depths, Place place, Span<int> part, int constant, SeededRandom random)
    {
        if (part.Length < 2 || place.Level == place.Levels || !Choose(part, ref constant, random, out IsolationTrees.Split split))
            return SetLeaf(depths, place, place.Level + PathLength.Mean(part.Length));
        splits[place.Node] = split;
        int left = Partition(part, split);
        double leftDepth = Split(splits, depths, place.Left, part[..left], constant, random);
        double rightDepth = Split(splits, depths, place.Right, part[left..], constant, random);
        double depth = ((leftDepth * left) + (rightDepth * (part.Length - left))) / part.Length;
        depths[place.Node] = (float)depth;
        return depth;
    }

    private static double SetLeaf(Span<float> depths, Place place, double depth)
    {
        for (; place.Level <= place.Levels; place = place.Left) depths[place.Node] = (float)depth;
        return depth;
    }

    /// <summary>Draws among the dimensions that differ within the part; those found constant move to the front, where no node below tries them again.</summary>
    private bool Choose(ReadOnlySpan<int> part, ref int constant, SeededRandom random, out IsolationTrees.Split split)
    {
        while (constant < dimensions.Length)
        {
            int drawn = constant + random.Next(dimensions.Length - constant);
            int dimension = dimensions[drawn];
            (float least, float most) = Range(part, dimension);
            if (least < most)
            {
                float threshold = (float)random.Between(least, most);
                split = new IsolationTrees.Split { Dimension = dimension, Threshold = threshold > least ? threshold : most };
                return true;
            }

            (dimensions[drawn], dimensions[constant]) = (dimensions[constant], dimension);
            constant++;
        }

        split = default;
        return false;
    }

    private (float Least, float Most) Range(ReadOnlySpan<int> part, int dimension)
    {
        ReadOnlySpan<float> values = rows.Span;
        float least = float.PositiveInfinity;
        float most = float.NegativeInfinity;
        foreach (int row in part)
        {
            float value = values[(row * rows.Columns) + dimension];
            least = Math.Min(least, value);
            most = Math.Max(most, value);
        }

        return (least, most);
    }

    private int Partition(Span<int> part, IsolationTrees.Split split)
    {
        ReadOnlySpan<float> values = rows.Span;
        int left = 0;
        for (int i = 0; i < part.Length; i++)
        {
            if (values[(part[i] * rows.Columns) + split.Dimension] >= split.Threshold) continue;
            (part[left], part[i]) = (part[i], part[left]);
            left++;
        }

        return left;
    }

    /// <summary>Where a node is in its tree.</summary>
    private readonly record struct Place(int Node, int Level, int Levels)
    {
        public Place Left => new((2 * Node) + 1, Level + 1, Levels);

        public Place Right => new((2 * Node) + 2, Level + 1, Levels);
    }
}
