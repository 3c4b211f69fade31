namespace Ecart.Detection.Batch.Clusters;

/// <summary>The clusters of a hierarchy, each with its stability: over its rows, the sum of how much denser they stay together than where it began.</summary>
internal sealed class CondensedTree
{
    /// <summary>The cluster of all rows.</summary>
    public const int Root = 0;

    private const int None = -1;
    private readonly List<int> parents = [None];
    private readonly List<double> births = [0];
    private readonly List<double> stabilities = [0];
    private readonly int[] clusterOfRow;

    public CondensedTree(int rows) => clusterOfRow = new int[rows];

    /// <summary>A part of a cluster becomes one of its own at a density.</summary>
    /// <returns>Its number, larger than its parent's.</returns>
    public int Split(int parent, double density, int size)
    {
        stabilities[parent] += size * (density - births[parent]);
        parents.Add(parent);
        births.Add(density);
        stabilities.Add(0);
        return parents.Count - 1;
    }

    /// <summary>A row falls out of a cluster at a density.</summary>
    public void Drop(int row, int cluster, double density)
    {
        clusterOfRow[row] = cluster;
        stabilities[cluster] += density - births[cluster];
    }

    /// <summary>Chooses the clusters that are more stable together than any others (excess of mass), the root never.</summary>
    /// <returns>Of each row its cluster, numbered from 0; −1 where it is in none.</returns>
    public int[] Label()
    {
        var best = new double[parents.Count];
        var isChosen = new bool[parents.Count];
        for (int cluster = parents.Count - 1; cluster > Root; cluster--)
        {
            isChosen[cluster] = stabilities[cluster] >= best[cluster];
            best[parents[cluster]] += Math.Max(stabilities[cluster], best[cluster]);
        }

        var labels = new int[parents.Count];
        labels[Root] = None;
        int count = 0;
        for (int cluster = Root + 1; cluster < labels.Length; cluster++)
        {
            int above = labels[parents[cluster]];
            labels[cluster] = above != None ? above : isChosen[cluster] ? count++ : None;
        }

        return Array.ConvertAll(clusterOfRow, cluster => labels[cluster]);
    }
}
