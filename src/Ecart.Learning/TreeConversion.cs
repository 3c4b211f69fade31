using Microsoft.ML.Trainers.FastTree;

namespace Ecart.Learning;

/// <summary>Turns trees of Microsoft.ML into <see cref="BoostedTrees"/>.</summary>
internal static class TreeConversion
{
    /// <summary>Converts, values every node by the training rows that pass it, and fits the probability to them.</summary>
    public static BoostedTrees Convert(RegressionTreeEnsemble ensemble, IReadOnlyList<string> features, WeightedRow[] rows)
    {
        var nodes = new List<TreeNode>();
        var leaves = new List<double>();
        var roots = new List<int>();
        var tree = 0;
        foreach (RegressionTree one in ensemble.Trees)
        {
            double weight = ensemble.TreeWeights[tree++];
            int firstNode = nodes.Count;
            int firstLeaf = leaves.Count;
            foreach (double leaf in one.LeafValues) leaves.Add(weight * leaf);
            roots.Add(one.NumberOfNodes == 0 ? ~firstLeaf : firstNode);
            for (int i = 0; i < one.NumberOfNodes; i++)
            {
                nodes.Add(new TreeNode(
                    one.NumericalSplitFeatureIndexes[i],
                    one.NumericalSplitThresholds[i],
                    Position(one.LeftChild[i], firstNode, firstLeaf),
                    Position(one.RightChild[i], firstNode, firstLeaf),
                    0));
            }
        }

        TreeNode[] valued = [.. nodes];
        double[] sums = Value(valued, [.. roots], [.. leaves], rows);
        (double slope, double intercept) = LogisticFit.Fit(sums, rows);
        return new BoostedTrees(features, [.. roots], valued, [.. leaves], slope, intercept);
    }

    private static int Position(int child, int firstNode, int firstLeaf) => child >= 0 ? firstNode + child : ~(firstLeaf + ~child);

    /// <summary>Sets every node's value to the mean of its leaves by the rows that came to each.</summary>
    /// <returns>The sum of the trees for every row.</returns>
    private static double[] Value(TreeNode[] nodes, int[] roots, double[] leaves, WeightedRow[] rows)
    {
        var sums = new double[rows.Length];
        var weights = new double[nodes.Length];
        var totals = new double[nodes.Length];
        Span<int> path = stackalloc int[1024];
        for (int row = 0; row < rows.Length; row++)
        {
            ReadOnlySpan<float> vector = rows[row].Features;
            foreach (int root in roots)
            {
                int depth = 0;
                int position = root;
                for (; position >= 0; position = nodes[position].Next(vector)) path[depth++] = position;
                double leaf = leaves[~position];
                sums[row] += leaf;
                foreach (int passed in path[..depth])
                {
                    weights[passed] += rows[row].Weight;
                    totals[passed] += rows[row].Weight * leaf;
                }
            }
        }

        for (int i = 0; i < nodes.Length; i++)
            if (weights[i] > 0) nodes[i] = nodes[i] with { Value = totals[i] / weights[i] };
        return sums;
    }
}
