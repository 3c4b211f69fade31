using Ecart.Scoring;

namespace Ecart.Detection.Batch.Clusters;

/// <summary>Settings of <see cref="CentroidDistance"/>.</summary>
public sealed record CentroidDistanceOptions
{
    /// <summary>How many clusters the rows are divided into, once for each number here: 1 to 4,096 each, 1 to 16 numbers. Default 8 and 16: coarse enough that a small group of outliers gets no centroid of its own.</summary>
    public IReadOnlyList<int> Clusters { get; init; } = [8, 16];

    /// <summary>Divisions of each number, from different starts. Default 4, 1 to 100.</summary>
    public int Repetitions { get; init; } = 4;

    /// <summary>
    /// A cluster with less than this share of the rows that it would have if all were equal counts for nothing, 0 to 1. Default 0.5. So outliers that are alike
    /// do not make a cluster that excuses them.
    /// </summary>
    public double LeastShare { get; init; } = 0.5;

    /// <summary>Rows that a division is made from at most, drawn without replacement. Default 4,096, 16 to 1,000,000.</summary>
    public int Samples { get; init; } = 4096;

    /// <summary>Threads; 0, the default, is one a processor. Up to 1,024. Never changes a score.</summary>
    public int Threads { get; init; }

    /// <summary>Seed of all that is random. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    internal void Validate(string path)
    {
        OptionsException.Require(Clusters is { Count: >= 1 and <= 16 }, path + ".clusters", Clusters?.Count, "1 to 16 numbers");
        foreach (int count in Clusters!) OptionsException.RequireRange(count, 1, 4096, path + ".clusters");
        OptionsException.RequireRange(Repetitions, 1, 100, path + ".repetitions");
        OptionsException.RequireRange(LeastShare, 0, 1, path + ".least_share");
        OptionsException.RequireRange(Samples, 16, 1_000_000, path + ".samples");
        OptionsException.RequireRange(Threads, 0, 1024, path + ".threads");
    }
}
