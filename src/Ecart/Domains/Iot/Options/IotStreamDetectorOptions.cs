using Ecart.Detection.Process;
using Ecart.Detection.Streaming.TimeSeries;
using Ecart.Scoring;

namespace Ecart.Domains.Iot;

/// <summary>A detector that learns as measurements come, and what it contributes.</summary>
public sealed record IotStreamDetectorOptions
{
    /// <summary>
    /// <c>time_series</c>: every signal by itself, from its first measurement on. <c>process_monitor</c>: all signals of a device together, once the device is
    /// calibrated. Required.
    /// </summary>
    public string Kind { get; init; } = "";

    /// <summary>What it adds to the score where it begins to count. Default 0.5, 0 to 1.</summary>
    public double Minimum { get; init; } = 0.5;

    /// <summary>The most it adds to the score. Default 0.7, not below <see cref="Minimum"/>, to 1.</summary>
    public double Maximum { get; init; } = 0.7;

    /// <summary>How much it counts in the rank, 0 to 1. Default 1.</summary>
    public double RankWeight { get; init; } = 1;

    /// <summary>
    /// Decades of rarity from which a time series counts: 3 is one in a thousand. It reaches the most at twice so many. Default 3, 0.5 to 15.
    /// </summary>
    public double Decades { get; init; } = 3;

    /// <summary>How a time series remembers.</summary>
    public TimeSeriesOptions TimeSeries { get; init; } = new();

    /// <summary>
    /// How a process monitor learns and alarms; its season is taken from the data. It reaches the most at three times its threshold.
    /// </summary>
    public ProcessMonitorOptions ProcessMonitor { get; init; } = new();

    internal void Validate(string path)
    {
        OptionsException.Require(
            Kind is TimeSeriesDetector.Kind or Detection.Process.ProcessMonitor.KindName, path + ".kind", $"'{Kind}'", $"{TimeSeriesDetector.Kind} or {Detection.Process.ProcessMonitor.KindName}");
        OptionsException.RequireRange(Minimum, 0, 1, path + ".minimum");
        OptionsException.RequireRange(Maximum, Minimum, 1, path + ".maximum");
        OptionsException.RequireRange(RankWeight, 0, 1, path + ".rank_weight");
        OptionsException.RequireRange(Decades, 0.5, 15, path + ".decades");
        TimeSeries.Validate();
        ProcessMonitor.Validate();
    }
}
