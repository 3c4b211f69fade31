using Ecart.Vectors;

namespace Ecart.Detection;

/// <summary>Where an event lies among the known clusters.</summary>
/// <param name="Margin">Smallest distance minus radius; negative inside. NaN when there is no cluster to compare with.</param>
/// <param name="Nearest">Name of the cluster that gives the margin.</param>
/// <param name="Radius">Its radius.</param>
public readonly record struct ClusterDistance(double Margin, string? Nearest, double Radius = double.NaN)
{
    /// <summary>True inside a cluster.</summary>
    public bool IsInside => Margin <= 0;

    /// <summary>Measures an event against all clusters of its embedding version.</summary>
    public static ClusterDistance Measure(IReadOnlyList<BehaviorCluster> clusters, ReadOnlySpan<float> embedding, int version)
    {
        var best = new ClusterDistance(double.NaN, null);
        for (int i = 0; i < clusters.Count; i++)
        {
            BehaviorCluster cluster = clusters[i];
            if (cluster.EmbeddingVersion != version) continue;
            double margin = VectorMath.DistancePadded(embedding, cluster.Centroid) - cluster.Radius;
            if (best.Nearest is null || margin < best.Margin) best = new ClusterDistance(margin, cluster.Name, cluster.Radius);
        }

        return best;
    }
}
