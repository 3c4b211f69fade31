using Ecart.Domains.Iot.Calibration;
using Ecart.Domains.Iot.Joint;
using Ecart.Domains.Iot.Outlook;
using Ecart.Domains.Iot.Signals;
using Ecart.Profiles;
using Ecart.Rules;
using Ecart.Rules.Windows;

namespace Ecart.Domains.Iot;

/// <summary>Everything the iot domain remembers. Not thread-safe.</summary>
internal sealed class IotState
{
    private readonly IotOptions options;

    /// <param name="options">Constants.</param>
    /// <param name="calibration">What calibrated devices are compared with.</param>
    public IotState(IotOptions options, IotCalibration calibration)
    {
        this.options = options;
        Calibration = calibration;
        Estimator = new OutlookEstimator(options.Outlook);
        var rules = new RuleSet<IotContext>(options.Rules, IotRuleFields.All, "rules");
        Windows = new EntityWindows<IotContext>(
            IotRuleFields.All, rules.Windows, options.RuleWindows, TimeSpan.FromMinutes(options.AllowedLatenessMinutes));
    }

    public ResidentEntities<DeviceState> Devices { get; } = new();

    /// <summary>What the windows of rules look at, of devices and of the entities that all lanes share.</summary>
    public EntityWindows<IotContext> Windows { get; }

    public IotCalibration Calibration { get; }

    /// <summary>Tells how signals are doing.</summary>
    public OutlookEstimator Estimator { get; }

    /// <summary>What other processes have counted. Null in a process alone.</summary>
    public IotState? Others
    {
        get;
        set
        {
            field = value;
            Windows.Others = value?.Windows;
        }
    }

    /// <summary>The device of a log entry, which it is going to change.</summary>
    public DeviceState Change(string deviceId, int lane, long seq)
    {
        if (!Devices.TryGet(deviceId, out DeviceState? device)) Devices.Put(device = NewDevice(deviceId));
        Devices.Change(device);
        device.Lane = lane;
        device.Seq = seq;
        return device;
    }

    /// <summary>A device of which only its calibration is known.</summary>
    public DeviceState NewDevice(string deviceId)
    {
        var device = new DeviceState(deviceId, options);
        Calibrate(device);
        return device;
    }

    /// <summary>Takes a calibration over that the device's state does not go by yet. A calibration that is gone leaves what it found.</summary>
    public void Calibrate(DeviceState device)
    {
        if (Calibration.Find(device.Id) is not { } calibrated || calibrated.Fingerprint == device.Calibration) return;
        device.Calibration = calibrated.Fingerprint;
        device.CalibratedTicks = calibrated.To.Ticks;
        device.Joint = MakeJoint(calibrated);
        foreach (CalibratedSignal known in calibrated.Signals)
        {
            if (device.UseSignal(known.Name) is not { } signal) continue;
            signal.Type = known.Type;
            signal.UseCalibrated(known.Baseline, known.Profile, known.Unit);
        }

        foreach (SignalState signal in device.Signals.Values) signal.JointPosition = device.Joint?.PositionOf(signal.Name) ?? SignalState.NoPosition;
    }

    /// <summary>The rows and monitor of a calibrated device; null when it has no monitor.</summary>
    public JointState? MakeJoint(CalibratedDevice calibrated) => calibrated.Monitor is null ? null : new JointState(calibrated, options.Joint);
}
