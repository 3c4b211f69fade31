using Ecart.Scoring;

namespace Ecart.Detection.Batch.Neighbours;

/// <summary>Options of <see cref="NearestNeighbourDetector"/>.</summary>
public sealed record NearestNeighbourDetectorOptions
{
    /// <summary>k. Default 5; 1 to 10,000. Where there are not more rows, all other rows are used.</summary>
    public int Neighbours { get; init; } = 5;

    /// <summary>Which of the distances counts. Default the largest.</summary>
    public NeighbourAggregation Aggregation { get; init; } = NeighbourAggregation.Largest;

    /// <summary>How neighbours are searched.</summary>
    public NeighbourSearchOptions Search { get; init; } = new();

    internal void Validate()
    {
        OptionsException.RequireRange(Neighbours, 1, NeighbourLimits.Most, "neighbours");
        OptionsException.Require(Enum.IsDefined(Aggregation), "aggregation", Aggregation, "largest or mean");
        Search.Validate("search");
    }
}
