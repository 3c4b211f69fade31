using Ecart.Domains.Iot.Signals;

namespace Ecart.Domains.Iot;

/// <summary>
/// What is known of the measurement scored last, in scratch memory: what was found when it was scored is what is learned. Not thread-safe: its engine's.
/// </summary>
internal sealed class SignalReading
{
    public IotMeasurement? Event;
    public DeviceState? Device;

    /// <summary>Null for the first measurement of a signal.</summary>
    public SignalState? Signal;

    /// <summary>Value in the signal's usual unit; NaN when it cannot be said.</summary>
    public double Value;

    /// <summary>Unit that it seems to be in; null when all is well.</summary>
    public string? ForeignUnit;

    /// <summary>Whether the clock went back to where it was before it jumped.</summary>
    public bool IsClockSetBack;

    /// <summary>Usual intervals since the measurement before; NaN while too little is known.</summary>
    public double Intervals;

    /// <summary>Robust standard deviations above the median; NaN without a baseline.</summary>
    public double StandardValue;

    /// <summary>Robust standard deviations above what the hour brings; NaN without a baseline.</summary>
    public double Residual;

    /// <summary>Difference to the value before in usual differences.</summary>
    public double Difference;

    /// <summary>Recent residuals with this one.</summary>
    public SignalFeatures Features;

    /// <summary>Measurements before this one, in a row, of exactly its value.</summary>
    public long Unchanged;

    /// <summary>Distance to the centroid; NaN while that is learned.</summary>
    public double Distance;

    /// <summary>What the series says, 0 to 1; NaN without an opinion.</summary>
    public double Series;

    /// <summary>What the device's signals together say of the row that this measurement ends; NaN when it ends none.</summary>
    public double Joint;

    /// <summary>Score of an alarm.</summary>
    public double JointThreshold;

    /// <summary>Whether the row belongs to an alarm.</summary>
    public bool IsJointAlarm;

    /// <summary>Whether the measurement ends a row.</summary>
    public bool HasRow;

    /// <summary>The row's time.</summary>
    public long RowTicks;

    /// <summary>Whether rows before it are too long ago to count.</summary>
    public bool IsAfterGap;

    private int found;
    private int told;

    /// <summary>Whether something is the case, told or not.</summary>
    public bool HasFinding => found != 0;

    /// <summary>Whether nothing speaks against learning it: a silence before it or a clock that was set right does not.</summary>
    public bool IsNormal => (found & ~((1 << (int)IotFinding.Gap) | (1 << (int)IotFinding.Clock))) == 0;

    /// <summary>What usual distances are; null while they are learned.</summary>
    public DistanceProfile? Profile => Signal?.Profile;

    /// <summary>Standard deviations of the distance above its mean; NaN without a profile.</summary>
    public double DistanceSigmas => Profile is { } profile ? (Distance - profile.Mean) / profile.Deviation : double.NaN;

    /// <summary>Ticks between the signal's measurements.</summary>
    public double UsualInterval => Signal?.Intervals.Usual ?? 0;

    /// <summary>Whether this finding is the case.</summary>
    public bool IsFound(IotFinding finding) => (found & (1 << (int)finding)) != 0;

    /// <summary>Whether a person is to be told of it.</summary>
    public bool IsToTell(IotFinding finding) => (told & (1 << (int)finding)) != 0;

    /// <summary>Notes a finding.</summary>
    public void Find(IotFinding finding, EpisodeSet? episodes, RepetitionOptions options)
    {
        found |= 1 << (int)finding;
        bool isToTell = episodes is null || episodes.IsToTell(finding, Event!.OccurredAt.Ticks, UsualInterval, options);
        if (isToTell) told |= 1 << (int)finding;
    }

    /// <summary>Has a finding told, however lately it was: it became worse.</summary>
    public void Tell(IotFinding finding) => told |= 1 << (int)finding;

    /// <summary>Begins with the next measurement.</summary>
    public void Clear(IotMeasurement measurement, DeviceState? device)
    {
        Event = measurement;
        Device = device;
        Signal = device?.FindSignal(measurement.Signal);
        Value = measurement.Value;
        ForeignUnit = null;
        IsClockSetBack = false;
        Intervals = double.NaN;
        StandardValue = double.NaN;
        Residual = double.NaN;
        Difference = 0;
        Features = default;
        Unchanged = 0;
        Distance = double.NaN;
        Series = double.NaN;
        Joint = double.NaN;
        JointThreshold = double.NaN;
        IsJointAlarm = false;
        HasRow = false;
        RowTicks = 0;
        IsAfterGap = false;
        found = 0;
        told = 0;
    }
}
