using Ecart.Detection;
using Ecart.Rules;

namespace Ecart.Domains.Iot;

/// <summary>What is known when a measurement is scored: the event and its signal's past, as plain numbers.</summary>
public ref struct IotContext
{
    /// <summary>The event.</summary>
    public IotMeasurement Event;

    /// <summary>Constants of the active configuration.</summary>
    public IotOptions Options;

    /// <summary>The configuration's rules, compiled.</summary>
    public RuleSet<IotContext> Rules;

    /// <summary>Clusters, signatures and exceptions in force.</summary>
    public ReferencePatterns Patterns;

    /// <summary>The event's embedding.</summary>
    public ReadOnlySpan<float> Embedding;

    /// <summary>Values of the windows that rules ask for; null when none does.</summary>
    public double[]? Windows;

    /// <summary>The configuration's time series; null when it names none.</summary>
    internal IotStreamDetectorOptions? Series;

    /// <summary>The configuration's process monitor; null when it names none.</summary>
    internal IotStreamDetectorOptions? Monitor;

    /// <summary>What the signal makes of the measurement; null while it is only taken into windows.</summary>
    internal SignalReading? Reading;

    /// <summary>Value in the signal's usual unit; NaN when it cannot be said.</summary>
    public readonly double Value => Reading?.Value ?? Event.Value;

    /// <summary>Robust standard deviations that the value lies above what the hour of the day brings; NaN without a baseline.</summary>
    public readonly double Residual => Reading?.Residual ?? double.NaN;

    /// <summary>Distance to the signal's centroid; NaN while that is learned.</summary>
    public readonly double Distance => Reading?.Distance ?? double.NaN;

    /// <summary>That distance in standard deviations above its mean; NaN while that is learned.</summary>
    public readonly double DistanceSigmas => Reading?.DistanceSigmas ?? double.NaN;

    /// <summary>Distance that is a warning; NaN while that is learned.</summary>
    public readonly double WarningDistance => Reading?.Profile?.Warning ?? double.NaN;

    /// <summary>Distance that is critical; NaN while that is learned.</summary>
    public readonly double CriticalDistance => Reading?.Profile?.Critical ?? double.NaN;

    /// <summary>How far out the signal's series finds the measurement, 0 to 1; NaN without an opinion.</summary>
    public readonly double TimeSeries => Reading?.Series ?? double.NaN;

    /// <summary>How far out the device's signals together are, in standard deviations; NaN unless the measurement ends a row of a calibrated device.</summary>
    public readonly double Joint => Reading?.Joint ?? double.NaN;

    /// <summary>Usual intervals since the signal's measurement before; NaN while too little is known.</summary>
    public readonly double Intervals => Reading?.Intervals ?? double.NaN;

    /// <summary>Measurements before this one, in a row, of exactly its value.</summary>
    public readonly long Unchanged => Reading?.Unchanged ?? 0;

    /// <summary>The signal's earlier measurements.</summary>
    public readonly long EarlierMeasurements => Reading?.Signal?.Count ?? 0;
}
