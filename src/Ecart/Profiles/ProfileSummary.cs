using System.Runtime.CompilerServices;

namespace Ecart.Profiles;

/// <summary>A profile added up over its window: the numbers that detectors compare with.</summary>
public struct ProfileSummary
{
    /// <summary>The most measures a domain may keep.</summary>
    public const int MaximumMeasures = 4;

    /// <summary>Normal events in the window.</summary>
    public int Count;

    /// <summary>Day number of the window's first event; meaningless when empty.</summary>
    public int FirstDay;

    /// <summary>Days from the first to the newest event, both included; 0 when empty.</summary>
    public int DaysObserved;

    /// <summary>Moments of the distances, as if the centroid were known exactly.</summary>
    public Moments Distance;

    /// <summary>Events by local hour.</summary>
    public HourCounts Hours;

    /// <summary>Moments of the domain's measures.</summary>
    public MeasureMoments Measures;

    /// <summary>Mean distance expected of a new normal event: leave-one-out, so √(1 + 1/n) above the in-sample mean.</summary>
    public readonly double DistanceMean => Distance.Count > 0 ? Distance.Mean * OutOfSample : double.NaN;

    /// <summary>Standard deviation of the distance of a new normal event, not floored.</summary>
    public readonly double DistanceDeviation => Distance.SampleDeviation * OutOfSample;

    private readonly double OutOfSample => Math.Sqrt(1 + (1.0 / Math.Max(1, Count)));

    /// <summary>Moments by measure.</summary>
    [InlineArray(MaximumMeasures)]
    public struct MeasureMoments
    {
        private Moments first;
    }
}
