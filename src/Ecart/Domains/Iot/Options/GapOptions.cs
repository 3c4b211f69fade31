using Ecart.Scoring;

namespace Ecart.Domains.Iot;

/// <summary>When a silence before a measurement is worth telling.</summary>
public sealed record GapOptions
{
    /// <summary>Usual intervals that it must be longer than. Default 10, 2 to 1e6.</summary>
    public double Intervals { get; init; } = 10;

    /// <summary>
    /// Standard deviations of the logarithm of the interval that it must be longer than, so that a signal reported only when it changes may be silent. Default 6,
    /// 1 to 100.
    /// </summary>
    public double Deviations { get; init; } = 6;

    /// <summary>Intervals before there is an opinion. Default 20, 2 to 10,000.</summary>
    public int MinimumIntervals { get; init; } = 20;

    /// <summary>What it adds to the score: by itself no alert. Default 0.2, 0 to 1.</summary>
    public double Contribution { get; init; } = 0.2;

    internal void Validate(string path)
    {
        OptionsException.RequireRange(Intervals, 2, 1e6, path + ".intervals");
        OptionsException.RequireRange(Deviations, 1, 100, path + ".deviations");
        OptionsException.RequireRange(MinimumIntervals, 2, 10_000, path + ".minimum_intervals");
        OptionsException.RequireRange(Contribution, 0, 1, path + ".contribution");
    }
}
