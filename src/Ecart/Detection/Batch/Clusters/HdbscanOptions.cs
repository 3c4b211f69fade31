using Ecart.Scoring;

namespace Ecart.Detection.Batch.Clusters;

/// <summary>Options of <see cref="HdbscanDetector"/>.</summary>
public sealed record HdbscanOptions
{
    /// <summary>Fewest rows that are a cluster. Default 0: a hundredth of the rows, at least 5. Otherwise 2 to 100,000.</summary>
    public int MinimumClusterRows { get; init; }

    /// <summary>A row's density is measured by the distance to this many other rows: more makes clusters smoother. Default 10; 1 to 1,000.</summary>
    public int MinimumSamples { get; init; } = 10;

    /// <summary>Rows that are looked at, and the width of a cluster.</summary>
    public ClusterShapeOptions Shape { get; init; } = new();

    internal void Validate()
    {
        OptionsException.RequireRange(MinimumClusterRows, 0, 100_000, "minimum_cluster_rows");
        OptionsException.Require(MinimumClusterRows != 1, "minimum_cluster_rows", MinimumClusterRows, "0 or 2 and more");
        OptionsException.RequireRange(MinimumSamples, 1, 1000, "minimum_samples");
        Shape.Validate("shape");
    }
}
