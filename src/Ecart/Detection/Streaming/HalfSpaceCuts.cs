using Ecart.Numerics;

namespace Ecart.Detection.Streaming;

/// <summary>
/// Full binary trees over vectors whose usual range is 0 to 1 in every dimension: each node halves the range that is left of a random dimension. The
/// children of node n are 2n + 1 and 2n + 2.
/// </summary>
internal sealed class HalfSpaceCuts
{
    private readonly int inner;
    private readonly int[] dimensions;
    private readonly float[] values;

    public HalfSpaceCuts(int dimension, int trees, int depth, SeededRandom random)
    {
        inner = (1 << depth) - 1;
        dimensions = new int[trees * inner];
        values = new float[trees * inner];
        var lower = new float[dimension];
        var upper = new float[dimension];
        for (int tree = 0; tree < trees; tree++)
        {
            for (int j = 0; j < dimension; j++)
            {
                // The range is covered whatever the draw, and no two trees cut at the same places.
                double centre = random.NextDouble();
                double reach = 2 * Math.Max(centre, 1 - centre);
                lower[j] = (float)(centre - reach);
                upper[j] = (float)(centre + reach);
            }

            Grow(tree * inner, 0, lower, upper, random);
        }
    }

    public long Bytes => (sizeof(int) + sizeof(float)) * (long)dimensions.Length;

    public int Dimension(int tree, int node) => dimensions[(tree * inner) + node];

    /// <summary>The child of a node on whose side of the cut a vector lies.</summary>
    public int Child(int tree, int node, ReadOnlySpan<float> unit)
    {
        int cut = (tree * inner) + node;
        return (2 * node) + (unit[dimensions[cut]] < values[cut] ? 1 : 2);
    }

    private void Grow(int offset, int node, float[] lower, float[] upper, SeededRandom random)
    {
        if (node >= inner) return;
        int dimension = random.Next(lower.Length);
        float from = lower[dimension];
        float to = upper[dimension];
        float middle = (from + to) / 2;
        dimensions[offset + node] = dimension;
        values[offset + node] = middle;
        upper[dimension] = middle;
        Grow(offset, (2 * node) + 1, lower, upper, random);
        upper[dimension] = to;
        lower[dimension] = middle;
        Grow(offset, (2 * node) + 2, lower, upper, random);
        lower[dimension] = from;
    }
}
