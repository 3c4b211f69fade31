using Ecart.Domains.Iot.Signals;

namespace Ecart.Domains.Iot.Calibration;

/// <summary>What a calibration found of one signal. Immutable, thread-safe.</summary>
public sealed class CalibratedSignal
{
    internal CalibratedSignal(string name, MeasurementType type, string? unit, SignalBaseline baseline, DistanceProfile profile)
    {
        Name = name;
        Type = type;
        Unit = unit;
        Baseline = baseline;
        Profile = profile;
    }

    /// <summary>The signal.</summary>
    public string Name { get; }

    /// <summary>What it measures.</summary>
    public MeasurementType Type { get; }

    /// <summary>Its usual unit; null when unknown.</summary>
    public string? Unit { get; }

    /// <summary>Normal measurements that were learned from.</summary>
    public long Measurements => Baseline.Count;

    /// <summary>Median of the values.</summary>
    public double Centre => Baseline.Centre;

    /// <summary>Robust standard deviation of the values without what the hour of the day brings.</summary>
    public double Scale => Baseline.Scale;

    /// <summary>Whether hours of the day have effects of their own.</summary>
    public bool IsSeasonal => Baseline.HourEffects is not null;

    /// <summary>Mean distance of the embedding to its centroid.</summary>
    public double DistanceMean => Profile.Mean;

    /// <summary>Distance that is a warning.</summary>
    public double WarningDistance => Profile.Warning;

    /// <summary>Distance that is critical.</summary>
    public double CriticalDistance => Profile.Critical;

    internal SignalBaseline Baseline { get; }

    internal DistanceProfile Profile { get; }
}
