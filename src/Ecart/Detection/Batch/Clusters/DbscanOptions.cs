using Ecart.Scoring;

namespace Ecart.Detection.Batch.Clusters;

/// <summary>Options of <see cref="DbscanDetector"/>.</summary>
public sealed record DbscanOptions
{
    /// <summary>
    /// Distance within which rows are neighbours (ε). Default 0: chosen so that nine rows in ten have <see cref="MinimumSamples"/> neighbours.
    /// </summary>
    public double Distance { get; init; }

    /// <summary>A row with this many other rows near it is the core of a cluster. Default 10; 1 to 1,000.</summary>
    public int MinimumSamples { get; init; } = 10;

    /// <summary>Rows that are looked at, and the width of a cluster.</summary>
    public ClusterShapeOptions Shape { get; init; } = new();

    internal void Validate()
    {
        OptionsException.RequireRange(Distance, 0, double.MaxValue, "distance");
        OptionsException.RequireRange(MinimumSamples, 1, 1000, "minimum_samples");
        Shape.Validate("shape");
    }
}
