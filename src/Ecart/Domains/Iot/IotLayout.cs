namespace Ecart.Domains.Iot;

/// <summary>
/// Layout, version 1, of the embedding of a measurement: 32 floats, not scaled to any length. What tells of the value is in the signal's own robust standard
/// deviations and not squashed, so that a distance grows in proportion to a deviation. Positions are part of the stored data: a change of any of them is a new
/// version.
/// </summary>
public static class IotLayout
{
    /// <summary>Floats in an embedding.</summary>
    public const int Dimension = 32;

    /// <summary>Version of this layout.</summary>
    public const int Version = 1;

    /// <summary>No position is beyond this, up or down: a value in a wrong unit must not make numbers that nothing can be compared with.</summary>
    public const float Limit = 1000;

    internal const int Value = 0;
    internal const int SeasonalResidual = 1;
    internal const int Difference = 2;
    internal const int ShortMean = 3;
    internal const int ShortDeviation = 4;
    internal const int ShortSlope = 5;
    internal const int LongMean = 6;
    internal const int LongDeviation = 7;
    internal const int LongSlope = 8;
    internal const int MeanShift = 9;
    internal const int ShortRoughness = 10;
    internal const int LongRoughness = 11;
    internal const int Above = 12;
    internal const int Below = 13;
    internal const int HourSin = 14;
    internal const int HourCos = 15;
    internal const int DaySin = 16;
    internal const int DayCos = 17;
    internal const int Weekend = 18;
    internal const int Type = 19;
    internal const int TypeCount = 6;
    internal const int Interval = Type + TypeCount;
    internal const int Unchanged = Interval + 1;
    internal const int End = Unchanged + 1;

    private static readonly string[] Names =
    [
        "value", "seasonal_residual", "difference", "short_mean", "short_deviation", "short_slope", "long_mean", "long_deviation", "long_slope", "mean_shift",
        "short_roughness", "long_roughness", "above", "below", "hour_sin", "hour_cos", "day_sin", "day_cos", "weekend", "type#other", "type#temperature",
        "type#pressure", "type#vibration", "type#flow", "type#power", "interval", "unchanged", "unused#0", "unused#1", "unused#2", "unused#3", "unused#4",
    ];

    /// <summary>Name of each position, for explanations; <c>unused#n</c> is always 0.</summary>
    public static IReadOnlyList<string> FeatureNames => Names;
}
