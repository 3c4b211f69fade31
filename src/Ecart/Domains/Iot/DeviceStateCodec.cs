using Ecart.Detection.Streaming.TimeSeries;
using Ecart.Domains.Iot.Calibration;
using Ecart.Domains.Iot.Outlook;
using Ecart.Domains.Iot.Signals;
using Ecart.Profiles;

namespace Ecart.Domains.Iot;

/// <summary>Stores a <see cref="DeviceState"/> exactly: a restored state scores bit for bit as the one that was stored.</summary>
internal static class DeviceStateCodec
{
    /// <summary>Version of the bytes.</summary>
    public const int Format = 1;

    private const int MostSignals = 1 << 16;

    public static void Write(DeviceState device, StateWriter writer)
    {
        writer.Long(device.NewestTicks);
        writer.Long((long)device.Calibration);
        writer.Long(device.CalibratedTicks);
        device.Episodes.Write(writer);
        writer.Int(device.Signals.Count);
        foreach (SignalState signal in device.Signals.Values) Write(signal, writer);
        writer.Int(device.Joint is null ? 0 : 1);
        if (device.Joint is null) return;
        // With its length before it: without the calibration that it belongs to it is read past.
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        device.Joint.Write(new StateWriter(buffer));
        writer.Block(buffer.WrittenSpan);
    }

    /// <param name="device">Receives the state; of it only the name is known.</param>
    /// <param name="state">The engine's.</param>
    /// <param name="options">Constants.</param>
    /// <param name="reader">What <see cref="Write(DeviceState, StateWriter)"/> wrote.</param>
    public static void Read(DeviceState device, IotState state, IotOptions options, ref StateReader reader)
    {
        device.NewestTicks = reader.Long();
        device.Calibration = (ulong)reader.Long();
        device.CalibratedTicks = reader.Long();
        device.Episodes.Read(ref reader);
        int signals = reader.Count(MostSignals);
        for (int i = 0; i < signals; i++)
        {
            SignalState signal = Read(state, options, ref reader);
            // A signal that has no room any more, because the configuration allows fewer, is read past.
            if (device.Signals.Count < options.MaximumSignals) device.Signals.Add(signal.Name, signal);
        }

        if (reader.Int() != 0) ReadJoint(device, state, reader.Block());
    }

    private static void ReadJoint(DeviceState device, IotState state, ReadOnlySpan<byte> bytes)
    {
        if (state.Calibration.Find(device.Id) is not { } calibrated || calibrated.Fingerprint != device.Calibration) return;
        device.Joint = state.MakeJoint(calibrated);
        if (device.Joint is null) return;
        var reader = new StateReader(bytes);
        device.Joint.Read(ref reader);
        reader.RequireEnd();
        foreach (SignalState signal in device.Signals.Values) signal.JointPosition = device.Joint.PositionOf(signal.Name);
    }

    private static void Write(SignalState signal, StateWriter writer)
    {
        writer.Text(signal.Name);
        writer.Int((int)signal.Type);
        writer.Text(signal.UnitText);
        writer.Int(signal.ForeignMeasurements);
        writer.Long(signal.Count);
        writer.Long(signal.NewestTicks);
        writer.Long(signal.BeforeJumpTicks);
        writer.Int(signal.SinceJump);
        writer.Double(signal.LastValue);
        signal.Features.Write(writer);
        signal.Intervals.Write(writer);
        signal.Run.Write(writer);
        signal.Episodes.Write(writer);
        writer.Int(signal.Learning is null ? 0 : 1);
        if (signal.Learning is { } learning)
        {
            learning.Write(writer);
        }
        else
        {
            SignalBaselineCodec.Write(signal.Baseline, writer);
            SignalBaselineCodec.Write(signal.Profile, writer);
        }

        signal.Trend.Write(writer);
        writer.Int((int)signal.ToldStatus);
        writer.Block(signal.Series is { } series ? PackedBytes.Pack(series.Save()) : []);
    }

    private static SignalState Read(IotState state, IotOptions options, ref StateReader reader)
    {
        var signal = new SignalState(reader.Text() ?? "", options)
        {
            Type = (MeasurementType)reader.Int(),
            UnitText = reader.Text(),
            ForeignMeasurements = reader.Int(),
            Count = reader.Long(),
            NewestTicks = reader.Long(),
            BeforeJumpTicks = reader.Long(),
            SinceJump = reader.Int(),
            LastValue = reader.Double(),
            Features = SignalFeatures.Read(ref reader),
            Intervals = IntervalTracker.Read(ref reader),
            Run = UnchangedRun.Read(ref reader),
        };
        signal.Episodes.Read(ref reader);
        if (reader.Int() != 0)
        {
            signal.Learning!.Read(ref reader);
            signal.Baseline = signal.Learning.Baseline;
        }
        else
        {
            signal.Learning = null;
            signal.Baseline = SignalBaselineCodec.ReadBaseline(ref reader);
            signal.Profile = SignalBaselineCodec.ReadProfile(ref reader);
        }

        signal.Trend.Read(ref reader);
        signal.ToldStatus = (DeviceStatus)reader.Int();
        if (signal.Profile is { } profile)
            signal.Outlook = state.Estimator.Estimate(signal.Trend, profile.Warning, profile.Critical);
        ReadOnlySpan<byte> series = reader.Block();
        // A series that the configuration does not ask for any more is forgotten; one that it asks for anew begins.
        if (signal.Series is not null && series.Length > 0) signal.Series = TimeSeriesDetector.Restore(PackedBytes.Unpack(series));
        return signal;
    }
}
