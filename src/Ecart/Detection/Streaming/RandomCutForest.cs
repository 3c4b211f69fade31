using Ecart.Detection.Batch;
using Ecart.Numerics;

namespace Ecart.Detection.Streaming;

/// <summary>
/// Random cut forest: how soon random cuts part a vector from a bounded, slowly forgetting sample of the stream. About 1 for a typical vector, up to about
/// log₂ of the sample size for one that every first cut would part. Dimensions should be of comparable scale; give several values in a row
/// (a shingle) where order matters. Not thread-safe: one owner a stream.
/// </summary>
/// <remarks>
/// The score is the expected inverse depth at which the vector would be parted if it were added, over all cuts that adding it might draw, so that scoring changes
/// nothing and two scores of a vector are equal. S. Guha, N. Mishra, G. Roy, O. Schrijvers, Robust random cut forest based anomaly detection
/// on streams, ICML 2016. Older vectors are exponentially rarer in the samples.
/// </remarks>
public sealed class RandomCutForest : StreamDetector
{
    /// <summary>Its <see cref="Kind"/>.</summary>
    public const string KindName = "random_cut_forest";

    private readonly RandomCutForestOptions options;
    private readonly SharedPoints points;
    private readonly RandomCutTree[] trees;
    private readonly DecayedReservoir[] reservoirs;
    private readonly int[][] leaves;
    private SeededRandom random;

    /// <summary>Makes one that knows nothing.</summary>
    /// <param name="dimension">Length of the vectors.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="Scoring.OptionsException">An option is out of range.</exception>
    public RandomCutForest(int dimension, RandomCutForestOptions? options = null)
        : base(dimension, (options ??= new RandomCutForestOptions()).MinimumObservations)
    {
        options.Validate();
        this.options = options;
        int sample = options.SampleSizeFor(dimension);
        random = new SeededRandom(options.Seed);
        points = new SharedPoints(dimension);
        trees = new RandomCutTree[options.Trees];
        reservoirs = new DecayedReservoir[options.Trees];
        leaves = new int[options.Trees][];
        for (int t = 0; t < trees.Length; t++)
        {
            trees[t] = new RandomCutTree(sample, dimension, points);
            reservoirs[t] = new DecayedReservoir(sample, options.Window);
            leaves[t] = new int[sample];
        }
    }

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    public override long Bytes
    {
        get
        {
            long bytes = points.Bytes;
            for (int t = 0; t < trees.Length; t++) bytes += trees[t].Bytes + reservoirs[t].Bytes + (sizeof(int) * leaves[t].Length);
            return bytes;
        }
    }

    internal IReadOnlyList<RandomCutTree> Trees => trees;

    private protected override double ScoreVector(ReadOnlySpan<float> vector)
    {
        double total = 0;
        foreach (RandomCutTree tree in trees) total += InverseDepth(tree, vector, []);
        return total / trees.Length;
    }

    private protected override void LearnVector(ReadOnlySpan<float> vector)
    {
        int point = points.Add(vector);
        for (int t = 0; t < trees.Length; t++)
        {
            int before = reservoirs[t].Count;
            int place = reservoirs[t].Offer(Learned, random);
            if (place < 0) continue;
            if (place < before) trees[t].Remove(leaves[t][place]);
            leaves[t][place] = trees[t].Add(point, random);
        }

        points.FreeUnlessReferred(point);
    }

    /// <summary>Each dimension's share of the cuts that would part the vector.</summary>
    private protected override void ExplainVector(ReadOnlySpan<float> vector, Span<double> contributions)
    {
        foreach (RandomCutTree tree in trees) InverseDepth(tree, vector, contributions);
        for (int j = 0; j < contributions.Length; j++) contributions[j] /= trees.Length;
    }

    internal override void WriteState(ArtefactWriter writer)
    {
        options.Write(writer);
        writer.Position(random);
        points.Write(writer);
        for (int t = 0; t < trees.Length; t++)
        {
            trees[t].Write(writer);
            reservoirs[t].Write(writer);
            writer.Ints(leaves[t]);
        }
    }

    internal static StreamDetector Read(ref ArtefactReader reader, int dimension)
    {
        var forest = new RandomCutForest(dimension, RandomCutForestOptions.Read(ref reader)) { random = reader.Random() };
        forest.points.Read(ref reader);
        for (int t = 0; t < forest.trees.Length; t++)
        {
            forest.trees[t].Read(ref reader);
            forest.reservoirs[t].Read(ref reader);
            reader.Ints(forest.leaves[t].Length).CopyTo(forest.leaves[t], 0);
        }

        return forest;
    }

    /// <summary>Expected inverse depth of a vector in one tree, times log₂ of the tree's mass so that trees of any size compare.</summary>
    private static double InverseDepth(RandomCutTree tree, ReadOnlySpan<float> vector, Span<double> contributions)
    {
        double score = 0;
        double remaining = 1;
        double scale = Math.Log2(1 + tree.Mass);
        int node = tree.Root;
        for (int depth = 0; ; depth++)
        {
            double outside = BoundingBoxes.Outside(vector, tree.LowerOf(node), tree.UpperOf(node));
            if (outside > 0)
            {
                double parted = remaining * outside / (tree.SidesOf(node) + outside);
                score += parted / (depth + 1);
                remaining -= parted;
                if (!contributions.IsEmpty)
                    Share(vector, tree.LowerOf(node), tree.UpperOf(node), scale * parted / (depth + 1) / outside, contributions);
            }

            if (tree.IsLeaf(node))
            {
                // The same point again: the more often it came, the less strange.
                if (outside == 0) score += remaining * Damping(tree, node) / (depth + Math.Log2(1 + tree.MassOf(node)));
                return scale * score;
            }

            node = tree.ChildOf(node, vector);
        }
    }

    private static double Damping(RandomCutTree tree, int leaf) => 1 - (0.5 * tree.MassOf(leaf) / tree.Mass);

    private static void Share(
        ReadOnlySpan<float> vector, ReadOnlySpan<float> lower, ReadOnlySpan<float> upper, double weight, Span<double> contributions)
    {
        for (int j = 0; j < vector.Length; j++)
            contributions[j] += weight * Math.Max(Math.Max(lower[j] - vector[j], vector[j] - upper[j]), 0);
    }
}
