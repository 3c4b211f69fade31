using Ecart.Scoring;

namespace Ecart.Detection.Batch.Clusters;

/// <summary>What the cluster methods share: how many rows they look at, and how wide a cluster is.</summary>
public sealed record ClusterShapeOptions
{
    /// <summary>Share of a cluster's members that its radius takes in. Default 0.99; 0.5 to 1.</summary>
    public double RadiusQuantile { get; init; } = 0.99;

    /// <summary>Clusters are sought among at most this many rows, chosen at random: time grows with the square. Default 10,000; 2 to 100,000.</summary>
    public int MaximumRows { get; init; } = 10_000;

    /// <summary>Seed of that choice. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Threads that search neighbours; the clusters do not depend on it. Default 0: one a processor. Not saved with a detector.</summary>
    public int Threads { get; init; }

    internal void Validate(string path)
    {
        OptionsException.RequireRange(RadiusQuantile, 0.5, 1, path + ".radius_quantile");
        OptionsException.RequireRange(MaximumRows, 2, 100_000, path + ".maximum_rows");
        OptionsException.RequireRange(Threads, 0, 1024, path + ".threads");
    }
}
