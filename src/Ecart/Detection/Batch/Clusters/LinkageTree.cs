namespace Ecart.Detection.Batch.Clusters;

/// <summary>
/// The merges of single linkage, nearest first. Nodes 0 to n − 1 are the rows; node n + i is merge i, the last one the root.
/// </summary>
internal sealed class LinkageTree
{
    private readonly int rows;
    private readonly TreeEdge[] merges;
    private readonly int[] sizes;

    private LinkageTree(int rows, TreeEdge[] merges, int[] sizes)
    {
        this.rows = rows;
        this.merges = merges;
        this.sizes = sizes;
    }

    /// <summary>Sum of the distances of all merges: the length of the spanning tree.</summary>
    public double Sum => merges.Sum(merge => merge.Distance);

    /// <summary>Merges rows along the edges of a spanning tree of at least 2 rows.</summary>
    public static LinkageTree Link(int rows, IEnumerable<TreeEdge> edges)
    {
        TreeEdge[] merges = [.. edges.OrderBy(edge => edge.Distance)];
        var sizes = new int[rows + merges.Length];
        Array.Fill(sizes, 1, 0, rows);
        var above = new int[sizes.Length];
        for (int node = 0; node < above.Length; node++) above[node] = node;
        for (int i = 0; i < merges.Length; i++)
        {
            int left = Top(above, merges[i].From), right = Top(above, merges[i].To);
            merges[i] = new TreeEdge(left, right, merges[i].Distance);
            above[left] = above[right] = rows + i;
            sizes[rows + i] = sizes[left] + sizes[right];
        }

        return new LinkageTree(rows, merges, sizes);
    }

    /// <summary>Keeps only the splits into parts of at least so many rows, 2 and more: what is less falls out of its cluster.</summary>
    public CondensedTree Condense(int leastRows)
    {
        var condensed = new CondensedTree(rows);
        double least = LeastDistance();
        var open = new Stack<(int Node, int Cluster)>();
        open.Push((sizes.Length - 1, CondensedTree.Root));
        while (open.TryPop(out (int Node, int Cluster) top))
        {
            TreeEdge merge = merges[top.Node - rows];
            double density = 1 / Math.Max(merge.Distance, least);
            bool isLeftLarge = sizes[merge.From] >= leastRows, isRightLarge = sizes[merge.To] >= leastRows;
            if (isLeftLarge && isRightLarge)
            {
                open.Push((merge.From, condensed.Split(top.Cluster, density, sizes[merge.From])));
                open.Push((merge.To, condensed.Split(top.Cluster, density, sizes[merge.To])));
                continue;
            }

            if (isLeftLarge) open.Push((merge.From, top.Cluster));
            else DropAll(merge.From, top.Cluster, density, condensed);
            if (isRightLarge) open.Push((merge.To, top.Cluster));
            else DropAll(merge.To, top.Cluster, density, condensed);
        }

        return condensed;
    }

    /// <summary>Below this, distances count as it, so that rows on top of each other have a finite density.</summary>
    private double LeastDistance()
    {
        double largest = 0;
        foreach (TreeEdge merge in merges)
            if (double.IsFinite(merge.Distance)) largest = Math.Max(largest, merge.Distance);
        return largest > 0 ? largest * 1e-9 : 1;
    }

    private void DropAll(int node, int cluster, double density, CondensedTree condensed)
    {
        var open = new Stack<int>();
        open.Push(node);
        while (open.TryPop(out int top))
        {
            if (top < rows)
            {
                condensed.Drop(top, cluster, density);
                continue;
            }

            open.Push(merges[top - rows].From);
            open.Push(merges[top - rows].To);
        }
    }

    private static int Top(int[] above, int node)
    {
        while (above[node] != node)
        {
            above[node] = above[above[node]];
            node = above[node];
        }

        return node;
    }
}
