using Ecart.Scoring;

namespace Ecart.Detection;

/// <summary>Mean distance to the nearest normal events of the entity.</summary>
public sealed record NearestNeighbourOptions
{
    /// <summary>k. Default 5, 1 to 100.</summary>
    public int Neighbours { get; init; } = 5;

    /// <summary>Threshold where the entity's own is unknown; holds for vectors of length 1 alone. Default 0.5.</summary>
    public double AbsoluteThreshold { get; init; } = 0.5;

    /// <summary>Normal events below which there is no opinion. Default 10.</summary>
    public int MinimumCandidates { get; init; } = 10;

    /// <summary>Standard deviations above the entity's own mean that make its threshold. Default 3.</summary>
    public double Sigmas { get; init; } = 3;

    internal void Validate(string path)
    {
        OptionsException.RequireRange(Neighbours, 1, 100, path + ".neighbours");
        OptionsException.RequireRange(AbsoluteThreshold, 1e-9, 1e9, path + ".absolute_threshold");
        OptionsException.RequireRange(MinimumCandidates, Neighbours, 100_000, path + ".minimum_candidates");
        OptionsException.RequireRange(Sigmas, 0.1, 100, path + ".sigmas");
    }
}
