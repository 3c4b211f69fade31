using Ecart.Vectors.Neighbours;

namespace Ecart.Detection.Batch.Clusters;

/// <summary>
/// Distances that keep sparse rows apart: the largest of the distance of two rows and of their core distances, which reach to a number of other rows.
/// </summary>
internal static class MutualReachability
{
    /// <summary>Its minimum spanning tree by Prim's algorithm: time grows with the square of the rows, memory with the rows.</summary>
    public static LinkageTree SpanningTree(ExactNeighbours rows, int samples, int threads, CancellationToken cancellation)
    {
        int count = rows.Rows;
        double[] core = CoreDistances(rows, samples, threads, cancellation);
        var squared = new float[rows.Panels.Panels * RowPanels.Width];
        var current = new float[rows.Dimension];
        var distance = new double[count];
        var from = new int[count];
        var isTaken = new bool[count];
        Array.Fill(distance, double.PositiveInfinity);
        var edges = new List<TreeEdge>(count - 1);
        int row = 0;
        for (int i = 1; i < count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            isTaken[row] = true;
            rows.CopyRow(row, current);
            PanelDistances.Compute(rows.Panels, current, squared);
            int nearest = -1;
            for (int other = 0; other < count; other++)
            {
                if (isTaken[other]) continue;
                double reach = Math.Max(Math.Sqrt(squared[other]), Math.Max(core[row], core[other]));
                if (reach < distance[other]) (distance[other], from[other]) = (reach, row);
                if (nearest < 0 || distance[other] < distance[nearest]) nearest = other;
            }

            edges.Add(new TreeEdge(from[nearest], nearest, distance[nearest]));
            row = nearest;
        }

        return LinkageTree.Link(count, edges);
    }

    /// <summary>Of each row the distance to its <paramref name="samples"/>-th other row.</summary>
    public static double[] CoreDistances(ExactNeighbours rows, int samples, int threads, CancellationToken cancellation)
    {
        samples = Math.Min(samples, rows.Rows - 1);
        var nearest = new Neighbour[rows.Rows * samples];
        rows.FindOthers(samples, nearest, threads, cancellation);
        var core = new double[rows.Rows];
        for (int row = 0; row < core.Length; row++) core[row] = nearest[((row + 1) * samples) - 1].Distance;
        return core;
    }
}
