using System.IO.Hashing;
using Ecart.Detection.Process;
using Ecart.Domains.Iot.Joint;
using Ecart.Domains.Iot.Signals;

namespace Ecart.Domains.Iot.Calibration;

/// <summary>What is normal for one device, found in a period of its normal operation. Immutable, thread-safe.</summary>
public sealed class CalibratedDevice
{
    private readonly Dictionary<string, int> positions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CalibratedSignal> signals = new(StringComparer.Ordinal);

    internal CalibratedDevice(
        string deviceId,
        DateTime from,
        DateTime to,
        IReadOnlyList<CalibratedSignal> signals,
        IReadOnlyList<string> jointSignals,
        RowClock clock,
        long newestRowTicks,
        long rows,
        byte[]? monitor)
    {
        DeviceId = deviceId;
        From = from;
        To = to;
        Signals = signals;
        JointSignals = jointSignals;
        Clock = clock;
        NewestRowTicks = newestRowTicks;
        Rows = rows;
        MonitorBytes = monitor;
        Monitor = monitor is null ? null : ProcessMonitor.Restore(monitor);
        foreach (CalibratedSignal signal in signals) this.signals.Add(signal.Name, signal);
        for (int i = 0; i < jointSignals.Count; i++) positions.Add(jointSignals[i], i);
        Fingerprint = XxHash3.HashToUInt64(CalibrationFormat.Write(this));
    }

    /// <summary>The device.</summary>
    public string DeviceId { get; }

    /// <summary>Event time of the first measurement that was learned from.</summary>
    public DateTime From { get; }

    /// <summary>Event time of the last one.</summary>
    public DateTime To { get; }

    /// <summary>Its signals, in the order of their names.</summary>
    public IReadOnlyList<CalibratedSignal> Signals { get; }

    /// <summary>Rows of all signals that the monitor was fitted to.</summary>
    public long Rows { get; }

    /// <summary>Whether its signals are watched together: two of them or more, and rows enough.</summary>
    public bool IsJoint => Monitor is not null;

    /// <summary>Score of the monitor from which on there is an alarm; NaN without one.</summary>
    public double JointThreshold => Monitor?.Threshold ?? double.NaN;

    /// <summary>Rows after which the device repeats; 0 for none.</summary>
    public int Season => Clock.Season;

    internal IReadOnlyList<string> JointSignals { get; }

    internal RowClock Clock { get; }

    internal long NewestRowTicks { get; }

    internal byte[]? MonitorBytes { get; }

    /// <summary>Fitted, where training ended. Only to be forked.</summary>
    internal ProcessMonitor? Monitor { get; }

    /// <summary>Tells one calibration from another.</summary>
    internal ulong Fingerprint { get; }

    internal CalibratedSignal? FindSignal(string name) => signals.GetValueOrDefault(name);

    internal int JointPositionOf(string name) => positions.TryGetValue(name, out int position) ? position : SignalState.NoPosition;
}
