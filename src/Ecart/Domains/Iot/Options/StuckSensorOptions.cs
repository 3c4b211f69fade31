using Ecart.Scoring;

namespace Ecart.Domains.Iot;

/// <summary>When a value that does not change at all is a broken sensor: when the signal's own history makes that implausible.</summary>
public sealed record StuckSensorOptions
{
    /// <summary>Measurements of the same value after the first, at least. Default 10, 2 to 1,000,000.</summary>
    public int MinimumRepeats { get; init; } = 10;

    /// <summary>How many times the longest earlier stretch it must be. Default 3, 1 to 1,000.</summary>
    public double LongestFactor { get; init; } = 3;

    /// <summary>Chance of so long a stretch by the share of measurements that repeat the one before, at most. Default 1e-9, 1e-300 to 0.1.</summary>
    public double Chance { get; init; } = 1e-9;

    /// <summary>Measurements before there is an opinion. Default 100, 10 to 1,000,000.</summary>
    public int MinimumHistory { get; init; } = 100;

    /// <summary>What it adds to the score. Default 0.5, 0 to 1.</summary>
    public double Contribution { get; init; } = 0.5;

    internal void Validate(string path)
    {
        OptionsException.RequireRange(MinimumRepeats, 2, 1_000_000, path + ".minimum_repeats");
        OptionsException.RequireRange(LongestFactor, 1, 1000, path + ".longest_factor");
        OptionsException.RequireRange(Chance, 1e-300, 0.1, path + ".chance");
        OptionsException.RequireRange(MinimumHistory, 10, 1_000_000, path + ".minimum_history");
        OptionsException.RequireRange(Contribution, 0, 1, path + ".contribution");
    }
}
