using Ecart.Profiles;

namespace Ecart.Detection;

/// <summary>The plain profile distance method: how far an event is from the centroid, on the scale of the entity's own distances.</summary>
/// <param name="Distance">Distance to the centroid.</param>
/// <param name="Mean">Mean distance of normal events.</param>
/// <param name="Sigma">Their floored standard deviation.</param>
/// <param name="Threshold">Distance above which the event is anomalous.</param>
/// <param name="Score">clamp((distance − mean)/(sigmas · σ), 0, 1).</param>
public readonly record struct ProfileDistance(double Distance, double Mean, double Sigma, double Threshold, double Score)
{
    /// <summary>True above the threshold.</summary>
    public bool IsAnomalous => Distance > Threshold;

    /// <summary>Measures a distance; null below the least number of observations and without a centroid.</summary>
    public static ProfileDistance? Measure(
        double distance, int observations, double mean, double deviation, ProfileOptions profile, ProfileDistanceOptions options)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(options);
        if (observations < profile.MinimumObservations || double.IsNaN(mean) || double.IsNaN(distance)) return null;
        double sigma = profile.FloorSigma(deviation, mean);
        return new ProfileDistance(
            distance, mean, sigma, mean + (options.Sigmas * sigma), Math.Clamp((distance - mean) / (options.Sigmas * sigma), 0, 1));
    }
}
