using Ecart.Scoring;

namespace Ecart.Domains.Iot;

/// <summary>How what is normal for a signal is learned: once, and then kept until the device is calibrated, because a slow failure must not be learned.</summary>
public sealed record BaselineOptions
{
    /// <summary>
    /// Days of a signal's first normal measurements that are learned from, at least: a week, because weekdays and weekends differ. Default 7, 0.001 to 365.
    /// </summary>
    public double Days { get; init; } = 7;

    /// <summary>Normal measurements that are learned from, at least: both must be reached. Default 200, 40 to 10,000,000.</summary>
    public long Measurements { get; init; } = 200;

    /// <summary>Share of both for the values; the distances are learned in the rest, with the values known. Default 0.6, 0.1 to 0.9.</summary>
    public double ValueShare { get; init; } = 0.6;

    /// <summary>Values remembered of that time, evenly thinned. Default 2,048, 64 to 65,536.</summary>
    public int SampleValues { get; init; } = 2048;

    /// <summary>Values below which nothing is compared. Default 10, 2 to 1,000.</summary>
    public int MinimumValues { get; init; } = 10;

    /// <summary>Days on each of which an hour must have been seen before hours of the day have effects of their own. Default 3, 2 to 60.</summary>
    public int SeasonDays { get; init; } = 3;

    /// <summary>Error of an instrument as a share of its typical reading: a scale is never below it. Default 0.002, 0 to 0.5.</summary>
    public double Accuracy { get; init; } = 0.002;

    /// <summary>Standard deviations above the mean distance that are a warning. Default 3, 0.5 to 100.</summary>
    public double WarningSigmas { get; init; } = 3;

    /// <summary>Standard deviations above the mean distance that are critical. Default 6, above the warning's, to 100.</summary>
    public double CriticalSigmas { get; init; } = 6;

    /// <summary>Calibration puts a warning no lower than this share of the normal distances. Default 0.999, 0.5 to 1.</summary>
    public double WarningQuantile { get; init; } = 0.999;

    /// <summary>A standard deviation of distances is at least this share of their mean. Default 0.05, 0 to 1.</summary>
    public double DeviationFloorRatio { get; init; } = 0.05;

    /// <summary>A standard deviation of distances is at least this. Default 1e-3, 1e-9 to 1.</summary>
    public double DeviationFloor { get; init; } = 1e-3;

    internal long ValueMeasurements => (long)Math.Ceiling(ValueShare * Measurements);

    internal long DistanceMeasurements => Measurements - ValueMeasurements;

    internal long ValueTicks => (long)(ValueShare * Days * TimeSpan.TicksPerDay);

    internal long DistanceTicks => (long)((1 - ValueShare) * Days * TimeSpan.TicksPerDay);

    internal double FloorDeviation(double deviation, double mean) => Math.Max(Math.Max(deviation, DeviationFloorRatio * mean), DeviationFloor);

    internal void Validate(string path)
    {
        OptionsException.RequireRange(Days, 0.001, 365, path + ".days");
        OptionsException.RequireRange(Measurements, 40, 10_000_000, path + ".measurements");
        OptionsException.RequireRange(ValueShare, 0.1, 0.9, path + ".value_share");
        OptionsException.Require(DistanceMeasurements >= 15, path + ".value_share", ValueShare, "less, so that at least 15 measurements are left for the distances");
        OptionsException.RequireRange(SampleValues, 64, 65_536, path + ".sample_values");
        OptionsException.RequireRange(MinimumValues, 2, 1000, path + ".minimum_values");
        OptionsException.RequireRange(SeasonDays, 2, 60, path + ".season_days");
        OptionsException.RequireRange(Accuracy, 0, 0.5, path + ".accuracy");
        OptionsException.RequireRange(WarningSigmas, 0.5, 100, path + ".warning_sigmas");
        OptionsException.Require(CriticalSigmas > WarningSigmas && CriticalSigmas <= 100, path + ".critical_sigmas", CriticalSigmas, "above warning_sigmas, at most 100");
        OptionsException.RequireRange(WarningQuantile, 0.5, 1, path + ".warning_quantile");
        OptionsException.RequireRange(DeviationFloorRatio, 0, 1, path + ".deviation_floor_ratio");
        OptionsException.RequireRange(DeviationFloor, 1e-9, 1, path + ".deviation_floor");
    }
}
