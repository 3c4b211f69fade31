using Ecart.Numerics;
using Ecart.Vectors;

namespace Ecart.Detection.Batch.Isolation;

/// <summary>Grows one tree of an extended isolation forest. It depends on the rows and the generator alone.</summary>
internal sealed class SlopeTreeGrower(Matrix rows, ColumnMoments moments, int[] varying, SlopeTrees trees, int tree, SeededRandom random)
{
    private readonly int[] candidates = [.. varying];

    public void Grow(int sample) => Split(0, 0, Sample(sample));

    /// <summary>Drawn without replacement by Floyd's method, in time and memory of the sample alone.</summary>
    private int[] Sample(int count)
    {
        var drawn = new HashSet<int>(count);
        var sample = new int[count];
        for (int i = 0; i < count; i++)
        {
            int last = rows.Rows - count + i;
            int row = random.Next(last + 1);
            sample[i] = drawn.Add(row) ? row : last;
            drawn.Add(sample[i]);
        }

        return sample;
    }

    private double Split(int node, int level, Span<int> part)
    {
        if (part.Length < 2 || level == trees.Levels || !Choose(node, part)) return SetLeaf(node, level, level + PathLength.Mean(part.Length));
        int left = Partition(node, part);
        double leftDepth = Split((2 * node) + 1, level + 1, part[..left]);
        double rightDepth = Split((2 * node) + 2, level + 1, part[left..]);
        double depth = ((leftDepth * left) + (rightDepth * (part.Length - left))) / part.Length;
        trees.DepthsOf(tree)[node] = (float)depth;
        return depth;
    }

    private double SetLeaf(int node, int level, double depth)
    {
        for (; level <= trees.Levels; level++, node = (2 * node) + 1) trees.DepthsOf(tree)[node] = (float)depth;
        return depth;
    }

    /// <summary>A slope of random direction through a random point of the box around the part.</summary>
    /// <returns>False when the rows do not differ in the dimensions drawn.</returns>
    private bool Choose(int node, ReadOnlySpan<int> part)
    {
        Span<float> slope = trees.SlopeOf(tree, node);
        Span<int> over = trees.DimensionsOf(tree, node);
        double threshold = 0;
        bool differ = false;
        for (int i = 0; i < slope.Length; i++)
        {
            int drawn = i + random.Next(candidates.Length - i);
            (candidates[i], candidates[drawn]) = (candidates[drawn], candidates[i]);
            int dimension = over[i] = candidates[i];
            slope[i] = (float)Math.Clamp(random.NextNormal() / moments.Deviations[dimension], -1e30, 1e30);
            (float least, float most) = Range(part, dimension);
            differ |= least < most;
            threshold += slope[i] * (random.Between(least, most) - moments.Means[dimension]);
        }

        if (differ) trees.ThresholdsOf(tree)[node] = (float)threshold;
        return differ;
    }

    private (float Least, float Most) Range(ReadOnlySpan<int> part, int dimension)
    {
        float least = float.PositiveInfinity;
        float most = float.NegativeInfinity;
        foreach (int row in part)
        {
            float value = rows.Values[(row * rows.Columns) + dimension];
            least = Math.Min(least, value);
            most = Math.Max(most, value);
        }

        return (least, most);
    }

    private int Partition(int node, Span<int> part)
    {
        float threshold = trees.ThresholdsOf(tree)[node];
        int left = 0;
        for (int i = 0; i < part.Length; i++)
        {
            if (trees.Along(tree, node, rows.Row(part[i])) >= threshold) continue;
            (part[left], part[i]) = (part[i], part[left]);
            left++;
        }

        return left;
    }
}
