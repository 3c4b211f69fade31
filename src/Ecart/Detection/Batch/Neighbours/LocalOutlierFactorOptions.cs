using Ecart.Scoring;

namespace Ecart.Detection.Batch.Neighbours;

/// <summary>Options of <see cref="LocalOutlierFactor"/>.</summary>
public sealed record LocalOutlierFactorOptions
{
    /// <summary>k. Default 20; 1 to 10,000. Where there are not more rows, all other rows are used.</summary>
    public int Neighbours { get; init; } = 20;

    /// <summary>How neighbours are searched.</summary>
    public NeighbourSearchOptions Search { get; init; } = new();

    internal void Validate()
    {
        OptionsException.RequireRange(Neighbours, 1, NeighbourLimits.Most, "neighbours");
        Search.Validate("search");
    }
}
