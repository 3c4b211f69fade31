using System.Numerics.Tensors;
using Ecart.Detection.Batch;
using Ecart.Numerics;

namespace Ecart.Detection.Streaming;

/// <summary>
/// Half-space trees: how many vectors of the last window fell into the same small box of randomly halved space. 0 where they are dense, up to log₂(1 + window)
/// where there were none. Cheap in time, coarse where few dimensions matter; units of the dimensions do not matter. Not thread-safe: one owner a stream.
/// </summary>
/// <remarks>
/// S. C. Tan, K. M. Ting, T. F. Liu, Fast anomaly detection for streaming data, IJCAI 2011. Other than there the range of each dimension is not given but
/// that of the last window, and the trees' densities are averaged as logarithms, so that one lucky tree cannot hide an outlier from all others.
/// </remarks>
public sealed class HalfSpaceTrees : StreamDetector
{
    /// <summary>Its <see cref="Kind"/>.</summary>
    public const string KindName = "half_space_trees";

    /// <summary>A box of less than this share of the window is not looked into.</summary>
    private const double LeastShare = 0.1;

    private readonly HalfSpaceTreesOptions options;
    private readonly HalfSpaceCuts cuts;
    private readonly int nodes;
    private readonly int[] mass;
    private readonly float[] buffer;
    private readonly float[] lower;
    private readonly float[] inverseWidth;
    private readonly float[] unit;
    private int buffered;

    /// <summary>Makes one that knows nothing.</summary>
    /// <param name="dimension">Length of the vectors.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="Scoring.OptionsException">An option is out of range.</exception>
    public HalfSpaceTrees(int dimension, HalfSpaceTreesOptions? options = null)
        : base(dimension, (options ??= new HalfSpaceTreesOptions()).Window)
    {
        options.Validate();
        this.options = options;
        nodes = (2 << options.Depth) - 1;
        cuts = new HalfSpaceCuts(dimension, options.Trees, options.Depth, new SeededRandom(options.Seed));
        mass = new int[options.Trees * nodes];
        buffer = new float[options.Window * dimension];
        lower = new float[dimension];
        inverseWidth = new float[dimension];
        unit = new float[dimension];
    }

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    public override long Bytes => cuts.Bytes + (sizeof(int) * (long)mass.Length) + (sizeof(float) * ((long)buffer.Length + (3L * Dimension)));

    private double LeastMass => LeastShare * options.Window;

    private protected override double ScoreVector(ReadOnlySpan<float> vector)
    {
        ToUnit(vector);
        double total = 0;
        for (int tree = 0; tree < options.Trees; tree++)
        {
            int node = 0;
            int depth = 0;
            ReadOnlySpan<int> masses = MassesOf(tree);
            for (; depth < options.Depth && masses[node] > LeastMass; depth++) node = cuts.Child(tree, node, unit);
            total += Strangeness(masses[node], depth);
        }

        return total / options.Trees;
    }

    private protected override void LearnVector(ReadOnlySpan<float> vector)
    {
        vector.CopyTo(buffer.AsSpan(buffered * Dimension));
        if (++buffered < options.Window) return;
        buffered = 0;
        MeasureRange();
        mass.AsSpan().Clear();
        for (int i = 0; i < options.Window; i++) Count(buffer.AsSpan(i * Dimension, Dimension));
    }

    /// <summary>By how much each dimension's cuts made the boxes emptier than half of what they halved.</summary>
    private protected override void ExplainVector(ReadOnlySpan<float> vector, Span<double> contributions)
    {
        ToUnit(vector);
        for (int tree = 0; tree < options.Trees; tree++)
        {
            int node = 0;
            ReadOnlySpan<int> masses = MassesOf(tree);
            for (int depth = 0; depth < options.Depth && masses[node] > LeastMass; depth++)
            {
                int child = cuts.Child(tree, node, unit);
                double loss = Strangeness(masses[child], depth + 1) - Strangeness(masses[node], depth);
                contributions[cuts.Dimension(tree, node)] += Math.Max(0, loss) / options.Trees;
                node = child;
            }
        }
    }

    internal override void WriteState(ArtefactWriter writer)
    {
        options.Write(writer);
        writer.Ints(mass);
        writer.Int(buffered);
        writer.Floats(buffer);
        writer.Floats(lower);
        writer.Floats(inverseWidth);
    }

    internal static StreamDetector Read(ref ArtefactReader reader, int dimension)
    {
        // The cuts are those of the seed.
        var detector = new HalfSpaceTrees(dimension, HalfSpaceTreesOptions.Read(ref reader));
        reader.Ints(detector.mass.Length).CopyTo(detector.mass, 0);
        detector.buffered = reader.Int(0, detector.options.Window - 1);
        reader.Floats(detector.buffer.Length).CopyTo(detector.buffer, 0);
        reader.Floats(dimension).CopyTo(detector.lower, 0);
        reader.Floats(dimension).CopyTo(detector.inverseWidth, 0);
        return detector;
    }

    /// <summary>log₂(1 + window/(vectors there would be in all of space at this density)).</summary>
    private double Strangeness(int vectors, int depth) => Math.Log2(1 + (options.Window / (1 + ((double)vectors * (1L << depth)))));

    private Span<int> MassesOf(int tree) => mass.AsSpan(tree * nodes, nodes);

    private void ToUnit(ReadOnlySpan<float> vector)
    {
        TensorPrimitives.Subtract(vector, lower, unit);
        TensorPrimitives.Multiply(unit, inverseWidth, unit);
    }

    private void MeasureRange()
    {
        buffer.AsSpan(0, Dimension).CopyTo(lower);
        Span<float> upper = unit;
        lower.CopyTo(upper);
        for (int i = 1; i < options.Window; i++)
        {
            ReadOnlySpan<float> vector = buffer.AsSpan(i * Dimension, Dimension);
            TensorPrimitives.Min(lower, vector, lower);
            TensorPrimitives.Max(upper, vector, upper);
        }

        // What never changed has the width that rounding would give it.
        for (int j = 0; j < Dimension; j++)
            inverseWidth[j] = 1 / Math.Max(upper[j] - lower[j], Math.Max(1e-6f * Math.Abs(lower[j]), 1e-12f));
    }

    private void Count(ReadOnlySpan<float> vector)
    {
        ToUnit(vector);
        for (int tree = 0; tree < options.Trees; tree++)
        {
            Span<int> masses = MassesOf(tree);
            int node = 0;
            masses[0]++;
            for (int depth = 0; depth < options.Depth; depth++)
            {
                node = cuts.Child(tree, node, unit);
                masses[node]++;
            }
        }
    }
}
