using System.Numerics.Tensors;
using Ecart.Vectors;

namespace Ecart.Detection.Batch.Isolation;

/// <summary>The trees of an extended isolation forest, in the form of <see cref="IsolationTrees"/>; a split is a slope over a few dimensions.</summary>
internal sealed class SlopeTrees
{
    public static readonly SlopeTrees None = new(0, 1, 0, []);

    private readonly int count;
    private readonly int sample;
    private readonly int width;
    private readonly double[] centre;
    private readonly float[] thresholds;
    private readonly float[] depths;
    private readonly float[] slopes;
    private readonly int[] dimensions;

    /// <param name="count">Trees.</param>
    /// <param name="sample">Rows that each is grown from.</param>
    /// <param name="width">Dimensions of a slope.</param>
    /// <param name="centre">Mean of each dimension; slopes are over what is left when it is taken off, so that large values do not drown small differences.</param>
    public SlopeTrees(int count, int sample, int width, double[] centre)
    {
        this.count = count;
        this.sample = sample;
        this.width = width;
        this.centre = centre;
        Levels = PathLength.Levels(sample);
        thresholds = new float[count * SplitsPerTree];
        thresholds.AsSpan().Fill(float.PositiveInfinity);
        depths = new float[count * ((2 << Levels) - 1)];
        slopes = new float[count * SplitsPerTree * width];
        dimensions = new int[count * SplitsPerTree * width];
    }

    public int Levels { get; }

    public int Width => width;

    private int SplitsPerTree => (1 << Levels) - 1;

    /// <summary>Of each split of a tree, where along its slope it is; one that is not set sends everything to the left.</summary>
    public Span<float> ThresholdsOf(int tree) => thresholds.AsSpan(tree * SplitsPerTree, SplitsPerTree);

    /// <summary>Of each node of a tree, the last level included, the mean length of the paths that lead through it.</summary>
    public Span<float> DepthsOf(int tree) => depths.AsSpan(tree * ((2 << Levels) - 1), (2 << Levels) - 1);

    public Span<float> SlopeOf(int tree, int node) => slopes.AsSpan(((tree * SplitsPerTree) + node) * width, width);

    public Span<int> DimensionsOf(int tree, int node) => dimensions.AsSpan(((tree * SplitsPerTree) + node) * width, width);

    /// <summary>Where along the slope of a split a vector is.</summary>
    public float Along(int tree, int node, ReadOnlySpan<float> vector)
    {
        ReadOnlySpan<float> slope = SlopeOf(tree, node);
        ReadOnlySpan<int> over = DimensionsOf(tree, node);
        double sum = 0;
        for (int i = 0; i < slope.Length; i++) sum += slope[i] * (vector[over[i]] - centre[over[i]]);
        return (float)sum;
    }

    public double Score(ReadOnlySpan<float> vector)
    {
        double sum = 0;
        for (int tree = 0; tree < count; tree++) sum += Depth(tree, vector);
        return PathLength.Score(sum / count, sample);
    }

    /// <summary>Scores consecutive rows tree by tree, so that a tree is loaded once for all of them.</summary>
    public void Score(Matrix rows, int first, Span<double> scores)
    {
        scores.Clear();
        for (int tree = 0; tree < count; tree++)
        {
            for (int row = 0; row < scores.Length; row++) scores[row] += Depth(tree, rows.Row(first + row));
        }

        foreach (ref double score in scores) score = PathLength.Score(score / count, sample);
    }

    public void Explain(ReadOnlySpan<float> vector, Span<double> contributions)
    {
        contributions.Clear();
        for (int tree = 0; tree < count; tree++)
        {
            int node = 0;
            for (int level = 0; level < Levels; level++)
            {
                int next = Next(tree, node, vector);
                Share(tree, node, vector, DepthsOf(tree)[node] - DepthsOf(tree)[next], contributions);
                node = next;
            }
        }

        foreach (ref double contribution in contributions) contribution = Math.Max(0, contribution) / Math.Max(1, count);
    }

    public void Write(ArtefactWriter writer)
    {
        writer.Int(count);
        writer.Int(sample);
        writer.Int(width);
        writer.Doubles(centre);
        writer.Floats(thresholds);
        writer.Floats(depths);
        writer.Floats(slopes);
        writer.Ints(dimensions);
    }

    public static SlopeTrees Read(ref ArtefactReader reader, int dimension)
    {
        var (count, sample, width) = (reader.Int(1, 10_000), reader.Int(1, 4096), reader.Int(0, Math.Min(256, dimension)));
        var trees = new SlopeTrees(count, sample, width, reader.Doubles(dimension));
        reader.Floats(trees.thresholds.Length).CopyTo(trees.thresholds, 0);
        reader.Floats(trees.depths.Length).CopyTo(trees.depths, 0);
        reader.Floats(trees.slopes.Length).CopyTo(trees.slopes, 0);
        reader.Ints(trees.dimensions.Length).CopyTo(trees.dimensions, 0);
        foreach (int over in trees.dimensions)
        {
            if ((uint)over >= (uint)dimension)
                throw new ArtefactException($"The artefact is damaged: a split of dimension {over} where there are {dimension}. Restore it from a backup or train again.");
        }

        return trees;
    }

    private float Depth(int tree, ReadOnlySpan<float> vector)
    {
        int node = 0;
        for (int level = 0; level < Levels; level++) node = Next(tree, node, vector);
        return DepthsOf(tree)[node];
    }

    private int Next(int tree, int node, ReadOnlySpan<float> vector)
    {
        float threshold = ThresholdsOf(tree)[node];
        return (2 * node) + (!float.IsPositiveInfinity(threshold) && Along(tree, node, vector) >= threshold ? 2 : 1);
    }

    private void Share(int tree, int node, ReadOnlySpan<float> vector, float shortening, Span<double> contributions)
    {
        ReadOnlySpan<float> slope = SlopeOf(tree, node);
        ReadOnlySpan<int> over = DimensionsOf(tree, node);
        Span<double> moves = stackalloc double[slope.Length];
        for (int i = 0; i < slope.Length; i++) moves[i] = Math.Abs(slope[i] * (vector[over[i]] - centre[over[i]]));
        double total = moves.IsEmpty ? 0 : TensorPrimitives.Sum<double>(moves);
        if (total == 0 || !double.IsFinite(total)) return;
        for (int i = 0; i < moves.Length; i++) contributions[over[i]] += shortening * moves[i] / total;
    }
}
