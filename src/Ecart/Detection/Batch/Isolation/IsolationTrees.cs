using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ecart.Vectors;

namespace Ecart.Detection.Batch.Isolation;

/// <summary>
/// Isolation trees as complete binary trees in flat arrays: the children of node <c>i</c> are <c>2i + 1</c> and <c>2i + 2</c>, and a leaf above the last level goes
/// on to its left-most node there. So every path has the same length, and walking it needs no branch.
/// </summary>
internal sealed class IsolationTrees
{
    /// <summary>Paths that are walked together, so that one's loads hide behind another's.</summary>
    private const int Together = 8;

    public static readonly IsolationTrees None = new(0, 1);

    private readonly int count;
    private readonly int sample;
    private readonly int levels;
    private readonly Split[] splits;
    private readonly float[] depths;

    public IsolationTrees(int count, int sample)
    {
        this.count = count;
        this.sample = sample;
        levels = PathLength.Levels(sample);
        splits = new Split[count * SplitsPerTree];
        splits.AsSpan().Fill(new Split { Threshold = float.PositiveInfinity });
        depths = new float[count * NodesPerTree];
    }

    public int Levels => levels;

    private int SplitsPerTree => (1 << levels) - 1;

    private int NodesPerTree => (2 << levels) - 1;

    /// <summary>The splits of a tree; a node that is not set sends everything to the left.</summary>
    public Span<Split> SplitsOf(int tree) => splits.AsSpan(tree * SplitsPerTree, SplitsPerTree);

    /// <summary>Of each node of a tree, the last level included, the mean length of the paths that lead through it.</summary>
    public Span<float> DepthsOf(int tree) => depths.AsSpan(tree * NodesPerTree, NodesPerTree);

    public double Score(ReadOnlySpan<float> vector)
    {
        double sum = 0;
        for (int tree = 0; tree < count; tree++)
        {
            ReadOnlySpan<Split> nodes = SplitsOf(tree);
            int node = 0;
            for (int level = 0; level < levels; level++) node = Next(node, in nodes[node], vector[nodes[node].Dimension]);
            sum += DepthsOf(tree)[node];
        }

        return PathLength.Score(sum / count, sample);
    }

    /// <summary>Scores consecutive rows tree by tree, so that a tree is loaded once for all of them.</summary>
    public void Score(Matrix rows, int first, Span<double> scores)
    {
        scores.Clear();
        ReadOnlySpan<float> values = rows.Span.Slice(first * rows.Columns, scores.Length * rows.Columns);
        for (int tree = 0; tree < count; tree++)
        {
            int row = 0;
            for (; row + Together <= scores.Length; row += Together)
                AddDepths(SplitsOf(tree), DepthsOf(tree), values.Slice(row * rows.Columns, Together * rows.Columns), rows.Columns, scores.Slice(row, Together));
            for (; row < scores.Length; row++) AddDepth(SplitsOf(tree), DepthsOf(tree), values.Slice(row * rows.Columns, rows.Columns), ref scores[row]);
        }

        foreach (ref double score in scores) score = PathLength.Score(score / count, sample);
    }

    public void Explain(ReadOnlySpan<float> vector, Span<double> contributions)
    {
        contributions.Clear();
        for (int tree = 0; tree < count; tree++)
        {
            ReadOnlySpan<Split> nodes = SplitsOf(tree);
            ReadOnlySpan<float> means = DepthsOf(tree);
            int node = 0;
            for (int level = 0; level < levels; level++)
            {
                int next = Next(node, in nodes[node], vector[nodes[node].Dimension]);
                contributions[nodes[node].Dimension] += means[node] - means[next];
                node = next;
            }
        }

        foreach (ref double contribution in contributions) contribution = Math.Max(0, contribution) / Math.Max(1, count);
    }

    public void Write(ArtefactWriter writer)
    {
        writer.Int(count);
        writer.Int(sample);
        writer.Bytes(MemoryMarshal.AsBytes<Split>(splits));
        writer.Floats(depths);
    }

    public static IsolationTrees Read(ref ArtefactReader reader, int dimension)
    {
        var trees = new IsolationTrees(reader.Int(1, 10_000), reader.Int(1, 8192));
        ReadOnlySpan<Split> read = MemoryMarshal.Cast<byte, Split>(reader.Bytes());
        if (read.Length != trees.splits.Length) throw Damaged($"{read.Length} splits where {trees.splits.Length} are expected");
        foreach (ref readonly Split split in read)
        {
            if ((uint)split.Dimension >= (uint)dimension) throw Damaged($"a split of dimension {split.Dimension} where there are {dimension}");
        }

        read.CopyTo(trees.splits);
        reader.Floats(trees.depths.Length).CopyTo(trees.depths, 0);
        return trees;
    }

    private static ArtefactException Damaged(string what) => new($"The artefact is damaged: {what}. Restore it from a backup or train again.");

    /// <summary>
    /// The bounds of nodes hold by the form of a tree, those of dimensions because fitting and reading make sure of them: unchecked, the walk is twice as fast.
    /// </summary>
    private static void AddDepths(ReadOnlySpan<Split> nodes, ReadOnlySpan<float> depths, ReadOnlySpan<float> rows, int columns, Span<double> sums)
    {
        ref Split node = ref MemoryMarshal.GetReference(nodes);
        ref float row = ref MemoryMarshal.GetReference(rows);
        int a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0;
        while (a < nodes.Length)
        {
            a = Walk(ref node, a, ref row);
            b = Walk(ref node, b, ref Unsafe.Add(ref row, columns));
            c = Walk(ref node, c, ref Unsafe.Add(ref row, 2 * columns));
            d = Walk(ref node, d, ref Unsafe.Add(ref row, 3 * columns));
            e = Walk(ref node, e, ref Unsafe.Add(ref row, 4 * columns));
            f = Walk(ref node, f, ref Unsafe.Add(ref row, 5 * columns));
            g = Walk(ref node, g, ref Unsafe.Add(ref row, 6 * columns));
            h = Walk(ref node, h, ref Unsafe.Add(ref row, 7 * columns));
        }

        sums[7] += depths[h];
        sums[6] += depths[g];
        sums[5] += depths[f];
        sums[4] += depths[e];
        sums[3] += depths[d];
        sums[2] += depths[c];
        sums[1] += depths[b];
        sums[0] += depths[a];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Walk(ref Split nodes, int node, ref float row)
    {
        ref Split split = ref Unsafe.Add(ref nodes, node);
        return Next(node, in split, Unsafe.Add(ref row, split.Dimension));
    }

    private static void AddDepth(ReadOnlySpan<Split> nodes, ReadOnlySpan<float> depths, ReadOnlySpan<float> row, ref double sum)
    {
        int node = 0;
        while (node < nodes.Length) node = Next(node, in nodes[node], row[nodes[node].Dimension]);
        sum += depths[node];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Next(int node, in Split split, float value) => (2 * node) + 1 + Unsafe.BitCast<bool, byte>(value >= split.Threshold);

    /// <summary>What is below the threshold goes to the left.</summary>
    internal struct Split
    {
        public float Threshold;
        public int Dimension;
    }
}
