using Ecart.Scoring;

namespace Ecart.Detection.Streaming.TimeSeries;

/// <summary>
/// How <see cref="TimeSeriesDetector"/> remembers and what it takes for a change. The defaults hold for any stream of hours to months at seconds to hours a
/// point; lengths are in points.
/// </summary>
public sealed record TimeSeriesOptions
{
    /// <summary>Points to learn before there is an opinion. Default 100, 20 to 100,000.</summary>
    public int MinimumPoints { get; init; } = 100;

    /// <summary>Earlier values in which the nearest to a new one is looked for. Default 4,000, 100 to 1,000,000.</summary>
    public int ValueHistory { get; init; } = 4000;

    /// <summary>Newest values that are left out of that search, because an anomaly resembles itself. Default 20, 0 to 10,000.</summary>
    public int ValueGap { get; init; } = 20;

    /// <summary>Newest points whose level and spread are compared with those before. Default 48, 2 to 10,000.</summary>
    public int RecentPoints { get; init; } = 48;

    /// <summary>Points before the newest that they are compared with. Default 2,000, 50 to 1,000,000.</summary>
    public int ReferencePoints { get; init; } = 2000;

    /// <summary>Points of a shape. Default 30, 2 to 1,000.</summary>
    public int ShapePoints { get; init; } = 30;

    /// <summary>Earlier shapes in which the nearest to the newest is looked for. Default 2,000, 50 to 100,000.</summary>
    public int ShapeHistory { get; init; } = 2000;

    /// <summary>Parts of a day that have an expectation each. Default 48, 1 to 1,440.</summary>
    public int PartsOfDay { get; init; } = 48;

    /// <summary>How far one visit of a part of the day moves its expectation. Default 0.3, 0.01 to 1.</summary>
    public double SeasonRate { get; init; } = 0.3;

    /// <summary>
    /// What has been announced is announced again within this share of all points learned only if it is much stranger, less so the longer ago it was.
    /// Default 0.06, 0 to 1; 0 repeats everything.
    /// </summary>
    public double QuietShare { get; init; } = 0.06;

    /// <summary>The longest such time. Default 600, 30 to 1,000,000.</summary>
    public int MaximumQuietPoints { get; init; } = 600;

    internal void Validate()
    {
        OptionsException.RequireRange(MinimumPoints, 20, 100_000, "minimum_points");
        OptionsException.RequireRange(ValueHistory, 100, 1_000_000, "value_history");
        OptionsException.RequireRange(ValueGap, 0, 10_000, "value_gap");
        OptionsException.RequireRange(RecentPoints, 2, 10_000, "recent_points");
        OptionsException.RequireRange(ReferencePoints, 50, 1_000_000, "reference_points");
        OptionsException.RequireRange(ShapePoints, 2, 1000, "shape_points");
        OptionsException.RequireRange(ShapeHistory, 50, 100_000, "shape_history");
        OptionsException.RequireRange(PartsOfDay, 1, 1440, "parts_of_day");
        OptionsException.RequireRange(SeasonRate, 0.01, 1, "season_rate");
        OptionsException.RequireRange(QuietShare, 0, 1, "quiet_share");
        OptionsException.RequireRange(MaximumQuietPoints, 30, 1_000_000, "maximum_quiet_points");
    }
}
