using Ecart.Scoring;

namespace Ecart.Profiles;

/// <summary>How the normality of an entity is kept.</summary>
public sealed record ProfileOptions
{
    /// <summary>Observations below which a profile has no opinion. Default 10, 2 to 1,000.</summary>
    public int MinimumObservations { get; init; } = 10;

    /// <summary>The newest observations a profile is made of, at most. Default 1,000, 10 to 100,000.</summary>
    public int MaximumObservations { get; init; } = 1000;

    /// <summary>Days of event time a profile looks back. Default 30, 3 to 365.</summary>
    public int WindowDays { get; init; } = 30;

    /// <summary>A standard deviation is at least this share of its mean, so that the most regular entities do not explode. Default 0.05.</summary>
    public double SigmaFloorRatio { get; init; } = 0.05;

    /// <summary>A standard deviation is at least this. Default 1e-3.</summary>
    public double SigmaFloor { get; init; } = 1e-3;

    /// <summary>The floored standard deviation.</summary>
    public double FloorSigma(double sigma, double mean) => Math.Max(Math.Max(sigma, SigmaFloorRatio * Math.Abs(mean)), SigmaFloor);

    internal void Validate(string path)
    {
        OptionsException.RequireRange(MinimumObservations, 2, 1000, path + ".minimum_observations");
        OptionsException.RequireRange(MaximumObservations, 10, 100_000, path + ".maximum_observations");
        OptionsException.RequireRange(WindowDays, 3, 365, path + ".window_days");
        OptionsException.RequireRange(SigmaFloorRatio, 0, 1, path + ".sigma_floor_ratio");
        OptionsException.RequireRange(SigmaFloor, 1e-12, 1, path + ".sigma_floor");
    }
}
