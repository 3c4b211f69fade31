using Ecart.Scoring;

namespace Ecart.Detection;

/// <summary>Contribution of a z-score: min((z − threshold) / scale, maximum) above the threshold.</summary>
public sealed record StandardScoreOptions
{
    /// <summary>Standard deviations from which it counts, 0 to 100.</summary>
    public double ZThreshold { get; init; } = 3;

    /// <summary>Standard deviations beyond the threshold that would add 1, above 0.</summary>
    public double Scale { get; init; } = 3;

    /// <summary>The most it adds, 0 to 1.</summary>
    public double Maximum { get; init; } = 0.5;

    /// <summary>The contribution of a z-score; 0 at or below the threshold.</summary>
    public double Contribution(double z) => z > ZThreshold ? Math.Min((z - ZThreshold) / Scale, Maximum) : 0;

    internal void Validate(string path)
    {
        OptionsException.RequireRange(ZThreshold, 0, 100, path + ".z_threshold");
        OptionsException.RequireRange(Scale, 1e-6, 1000, path + ".scale");
        OptionsException.RequireRange(Maximum, 0, 1, path + ".maximum");
    }
}
