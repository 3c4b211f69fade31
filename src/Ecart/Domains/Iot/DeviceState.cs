using Ecart.Domains.Iot.Joint;
using Ecart.Domains.Iot.Signals;
using Ecart.Profiles;
using Ecart.Rules.Windows;

namespace Ecart.Domains.Iot;

/// <summary>Everything remembered of one device. A fold over the device's committed measurements. Not thread-safe: its lane's.</summary>
internal sealed class DeviceState(string deviceId, IotOptions options) : ResidentEntity(deviceId)
{
    public int Lane { get; set; }

    /// <summary>The newest log entry that this state includes.</summary>
    public long Seq { get; set; }

    /// <summary>Newest event time, ticks; 0 for none.</summary>
    public long NewestTicks { get; set; }

    /// <summary>The signals by name, at most <see cref="IotOptions.MaximumSignals"/>.</summary>
    public Dictionary<string, SignalState> Signals { get; } = new(StringComparer.Ordinal);

    /// <summary>All signals together; null until the device is calibrated.</summary>
    public JointState? Joint { get; set; }

    /// <summary>Fingerprint of the calibration that this state goes by; 0 for none.</summary>
    public ulong Calibration { get; set; }

    /// <summary>When that ended, ticks; 0 for never.</summary>
    public long CalibratedTicks { get; set; }

    public EpisodeSet Episodes { get; } = new();

    /// <summary>Events that the windows of rules look at; null while no rule asks for any.</summary>
    public WindowEvents? Windows { get; set; }

    /// <summary>A signal, made when there is room for it.</summary>
    public SignalState? UseSignal(string name)
    {
        if (Signals.TryGetValue(name, out SignalState? known)) return known;
        if (Signals.Count >= options.MaximumSignals) return null;
        var signal = new SignalState(name, options) { JointPosition = Joint?.PositionOf(name) ?? SignalState.NoPosition };
        Signals.Add(name, signal);
        return signal;
    }

    public SignalState? FindSignal(string name) => Signals.GetValueOrDefault(name);
}
