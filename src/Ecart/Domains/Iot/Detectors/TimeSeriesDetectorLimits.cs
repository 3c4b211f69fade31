using Ecart.Detection.Streaming.TimeSeries;

namespace Ecart.Domains.Iot.Detectors;

/// <summary>What a <see cref="TimeSeriesDetector"/> can say at most.</summary>
internal static class TimeSeriesDetectorLimits
{
    /// <summary>Its scale ends where the rarest that it can tell rounds to 1.</summary>
    public const double MostDecades = 15;

    /// <summary>How many <see cref="TimeSeriesComponent"/> there are.</summary>
    public const int Components = 6;
}
