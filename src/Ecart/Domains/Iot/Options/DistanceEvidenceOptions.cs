using Ecart.Scoring;

namespace Ecart.Domains.Iot;

/// <summary>
/// What one measurement far from its signal's baseline adds to the score: nothing up to the warning distance and the largest normal one, from there in proportion.
/// One critical measurement is not yet an alert, because one reading may be wrong; one much further out is.
/// </summary>
public sealed record DistanceEvidenceOptions
{
    /// <summary>
    /// What it adds when it is as far beyond as critical is beyond warning, and as the largest normal distance is beyond the mean. Default 0.3, 0 to 1.
    /// </summary>
    public double AtCritical { get; init; } = 0.3;

    /// <summary>The most it adds. Default 0.7, 0 to 1.</summary>
    public double Maximum { get; init; } = 0.7;

    /// <summary>
    /// How much a distance counts in the rank, 0 to 1. Default 0.02: it orders the measurements of which nothing else speaks. The baseline is frozen and goes on
    /// to be far from what was a genuine shift, which the series tells once, when it happens.
    /// </summary>
    public double RankWeight { get; init; } = 0.02;

    /// <summary>What a distance adds.</summary>
    /// <param name="distance">Distance to the centroid.</param>
    /// <param name="from">Distance from which it counts.</param>
    /// <param name="span">Distance beyond that which adds <see cref="AtCritical"/>, above 0.</param>
    public double Contribution(double distance, double from, double span)
    {
        double beyond = (distance - from) / span;
        return beyond <= 0 ? 0 : Math.Min(Maximum, AtCritical * beyond);
    }

    internal void Validate(string path)
    {
        OptionsException.RequireRange(AtCritical, 0, 1, path + ".at_critical");
        OptionsException.RequireRange(Maximum, 0, 1, path + ".maximum");
        OptionsException.RequireRange(RankWeight, 0, 1, path + ".rank_weight");
    }
}
