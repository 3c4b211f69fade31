using Ecart.Scoring;

namespace Ecart.Domains.Iot;

/// <summary>When a signal is taken to report in another unit than before.</summary>
public sealed record UnitChangeOptions
{
    /// <summary>Robust standard deviations beyond which a value is tried in other units of its quantity. Default 10, 1 to 1,000.</summary>
    public double FarSigmas { get; init; } = 10;

    /// <summary>Robust standard deviations within which a value in another unit is an ordinary one. Default 4, 0.1 to 100.</summary>
    public double NearSigmas { get; init; } = 4;

    /// <summary>
    /// Measurements in a row in a unit that cannot be converted, or that is not known, after which the signal is learned anew in it. Default 20, 1 to 1,000,000.
    /// </summary>
    public int PatienceMeasurements { get; init; } = 20;

    /// <summary>What it adds to the score. Default 0.5, 0 to 1.</summary>
    public double Contribution { get; init; } = 0.5;

    internal void Validate(string path)
    {
        OptionsException.RequireRange(FarSigmas, 1, 1000, path + ".far_sigmas");
        OptionsException.RequireRange(NearSigmas, 0.1, 100, path + ".near_sigmas");
        OptionsException.RequireRange(PatienceMeasurements, 1, 1_000_000, path + ".patience_measurements");
        OptionsException.RequireRange(Contribution, 0, 1, path + ".contribution");
    }
}
