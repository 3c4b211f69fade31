using System.Buffers;
using Ecart.Domains.Iot.Joint;
using Ecart.Domains.Iot.Signals;
using Ecart.Profiles;

namespace Ecart.Domains.Iot.Calibration;

/// <summary>One calibrated device as bytes.</summary>
internal static class CalibrationFormat
{
    private const int MostSignals = 1 << 16;
    private const int HasMonitor = 1;

    public static byte[] Write(CalibratedDevice device)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new StateWriter(buffer);
        writer.Text(device.DeviceId);
        writer.Long(device.From.Ticks);
        writer.Long(device.To.Ticks);
        writer.Int(device.Signals.Count);
        foreach (CalibratedSignal signal in device.Signals)
        {
            writer.Text(signal.Name);
            writer.Int((int)signal.Type);
            writer.Text(signal.Unit);
            SignalBaselineCodec.Write(signal.Baseline, writer);
            SignalBaselineCodec.Write(signal.Profile, writer);
        }

        writer.Int(device.JointSignals.Count);
        foreach (string name in device.JointSignals) writer.Text(name);
        writer.Long(device.Clock.StartTicks);
        writer.Long(device.Clock.StepTicks);
        writer.Int(device.Clock.Season);
        writer.Long(device.NewestRowTicks);
        writer.Long(device.Rows);
        writer.Int(device.MonitorBytes is null ? 0 : HasMonitor);
        if (device.MonitorBytes is { } monitor) writer.Block(monitor);
        return [.. buffer.WrittenSpan];
    }

    /// <exception cref="ArgumentOutOfRangeException">The bytes are damaged.</exception>
    public static CalibratedDevice Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new StateReader(bytes);
        string id = reader.Text() ?? "";
        var from = new DateTime(reader.Long(), DateTimeKind.Utc);
        var to = new DateTime(reader.Long(), DateTimeKind.Utc);
        var signals = new CalibratedSignal[reader.Count(MostSignals)];
        for (int i = 0; i < signals.Length; i++)
        {
            string name = reader.Text() ?? "";
            var type = (MeasurementType)reader.Int();
            string? unit = reader.Text();
            SignalBaseline? baseline = SignalBaselineCodec.ReadBaseline(ref reader);
            DistanceProfile? profile = SignalBaselineCodec.ReadProfile(ref reader);
            if (baseline is null || profile is null) throw new ArgumentOutOfRangeException(nameof(bytes), "a signal without a baseline");
            signals[i] = new CalibratedSignal(name, type, unit, baseline, profile);
        }

        var joint = new string[reader.Count(MostSignals)];
        for (int i = 0; i < joint.Length; i++) joint[i] = reader.Text() ?? "";
        var clock = new RowClock(reader.Long(), reader.Long(), reader.Int());
        long newestRow = reader.Long();
        long rows = reader.Long();
        byte[]? monitor = reader.Int() == HasMonitor ? [.. reader.Block()] : null;
        reader.RequireEnd();
        return new CalibratedDevice(id, from, to, signals, joint, clock, newestRow, rows, monitor);
    }
}
