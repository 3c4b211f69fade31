using Ecart.Detection;
using Ecart.Detection.Batch;

namespace Ecart.Learning;

/// <summary>
/// Boosted regression trees that say how probable it is that what a vector of named features describes is fraud: p = 1 / (1 + e^−(slope · Σ trees + intercept)).
/// Immutable: any number of threads may ask. Asking allocates nothing.
/// </summary>
/// <remarks>J. H. Friedman, Greedy function approximation: a gradient boosting machine, Annals of Statistics 29(5), 2001; probabilities by J. Platt, 1999.</remarks>
public sealed class BoostedTrees
{
    private readonly TreeNode[] nodes;
    private readonly int[] roots;
    private readonly double[] leaves;
    private readonly string[] features;

    /// <summary>Makes trees of their parts; what cannot be walked to an end is refused.</summary>
    /// <param name="features">Names of the features in the order of the vectors.</param>
    /// <param name="roots">Of each tree its first node, or ~leaf for a tree of one leaf.</param>
    /// <param name="nodes">Inner nodes of all trees; a child comes after its parent.</param>
    /// <param name="leaves">Values of the leaves of all trees.</param>
    /// <param name="slope">Of the probability.</param>
    /// <param name="intercept">Of the probability, in log-odds.</param>
    /// <exception cref="ArtefactException">A node names a feature, node or leaf that there is not.</exception>
    public BoostedTrees(
        IReadOnlyList<string> features, ReadOnlySpan<int> roots, ReadOnlySpan<TreeNode> nodes, ReadOnlySpan<double> leaves, double slope, double intercept)
    {
        ArgumentNullException.ThrowIfNull(features);
        this.features = [.. features];
        this.roots = roots.ToArray();
        this.nodes = nodes.ToArray();
        this.leaves = leaves.ToArray();
        Slope = slope;
        Intercept = intercept;
        Check();
    }

    /// <summary>Names of the features, in the order of the vectors.</summary>
    public IReadOnlyList<string> Features => features;

    /// <summary>How many trees.</summary>
    public int Trees => roots.Length;

    internal double Slope { get; }

    internal double Intercept { get; }

    internal ReadOnlySpan<int> Roots => roots;

    internal ReadOnlySpan<TreeNode> Nodes => nodes;

    internal ReadOnlySpan<double> Leaves => leaves;

    /// <summary>The probability, above 0 and below 1.</summary>
    /// <exception cref="DetectorInputException">The vector's length differs from <see cref="Features"/>.</exception>
    public double Probability(ReadOnlySpan<float> vector)
    {
        if (vector.Length != features.Length) throw WrongLength(vector.Length);
        double sum = 0;
        foreach (int root in roots)
        {
            int position = root;
            while (position >= 0) position = nodes[position].Next(vector);
            sum += leaves[~position];
        }

        return Math.Clamp(1 / (1 + Math.Exp(-((Slope * sum) + Intercept))), 1e-12, 1 - 1e-12);
    }

    /// <summary>
    /// How much each feature moved the log-odds of a vector: at every node on its way through the trees, the change of what is expected goes to the feature
    /// that decides there. A. Saabas, Interpreting random forests, 2014.
    /// </summary>
    /// <param name="vector">The vector.</param>
    /// <param name="contributions">Receives one a feature: above 0 towards fraud.</param>
    /// <exception cref="DetectorInputException">A length differs from <see cref="Features"/>.</exception>
    public void Explain(ReadOnlySpan<float> vector, Span<double> contributions)
    {
        if (vector.Length != features.Length) throw WrongLength(vector.Length);
        if (contributions.Length != features.Length) throw WrongLength(contributions.Length);
        contributions.Clear();
        foreach (int root in roots)
        {
            int position = root;
            while (position >= 0)
            {
                TreeNode node = nodes[position];
                position = node.Next(vector);
                contributions[node.Feature] += Slope * (ValueOf(position) - node.Value);
            }
        }
    }

    /// <summary>The trees as bytes that <see cref="BoostedTreesArtefact.Restore"/> turns back into trees of equal probabilities.</summary>
    public byte[] Save() => BoostedTreesArtefact.Pack(this);

    private double ValueOf(int position) => position >= 0 ? nodes[position].Value : leaves[~position];

    private void Check()
    {
        if (!double.IsFinite(Slope) || !double.IsFinite(Intercept)) throw Damaged("slope and intercept");
        if (features.Length == 0) throw Damaged("features");
        foreach (double leaf in leaves)
            if (!double.IsFinite(leaf)) throw Damaged("leaves");
        foreach (int root in roots) Require(root, -1);
        for (int i = 0; i < nodes.Length; i++)
        {
            TreeNode node = nodes[i];
            if (node.Feature < 0 || node.Feature >= features.Length || float.IsNaN(node.Threshold) || !double.IsFinite(node.Value)) throw Damaged($"node {i}");
            Require(node.Lower, i);
            Require(node.Higher, i);
        }
    }

    /// <summary>Children come after their parents, so that every walk ends.</summary>
    private void Require(int position, int parent)
    {
        if (position >= 0 ? position <= parent || position >= nodes.Length : ~position >= leaves.Length) throw Damaged($"a child of node {parent}");
    }

    private static ArtefactException Damaged(string part) => new($"The trees are damaged: {part}. Restore them from a backup or train again.");

    private DetectorInputException WrongLength(int length) => new($"boosted_trees: the vector has {length} values; there are {features.Length} features.");
}
