namespace Ecart.Detection;

/// <summary>The plain profile distance method.</summary>
public sealed record ProfileDistanceOptions
{
    /// <summary>Standard deviations above the mean from which a distance is anomalous. Default 3.</summary>
    public double Sigmas { get; init; } = 3;
}
