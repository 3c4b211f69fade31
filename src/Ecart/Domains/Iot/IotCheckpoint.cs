using System.Buffers;
using Ecart.Detection.Batch;
using Ecart.Profiles;
using Ecart.Rules.Windows;
using Ecart.Scoring;

namespace Ecart.Domains.Iot;

/// <summary>Hands changed state to a sink and takes it back, exactly.</summary>
internal sealed class IotCheckpoint(IotOptions options, IotState state)
{
    public const string DeviceType = IotMeasurement.Subject;
    private readonly ArrayBufferWriter<byte> buffer = new(16 * 1024);

    public void Write(IStateSink sink)
    {
        foreach (DeviceState device in state.Devices.All.Where(state.Devices.IsChanged).OrderBy(device => device.Id, StringComparer.Ordinal))
        {
            buffer.ResetWrittenCount();
            var writer = new StateWriter(buffer);
            DeviceStateCodec.Write(device, writer);
            writer.Int(device.Windows is null ? 0 : 1);
            if (device.Windows is { } events) state.Windows.WriteOwn(events, writer);
            sink.Entity(DeviceType, device.Id, device.Lane, device.Seq, DeviceStateCodec.Format, buffer.WrittenSpan);
        }

        state.Devices.EndCheckpoint();
        state.Windows.Write(sink, DeviceStateCodec.Format);
    }

    public void RestoreEntity(string entityType, string entityId, int lane, long seq, int format, ReadOnlySpan<byte> bytes)
    {
        if (format != DeviceStateCodec.Format)
            throw StateFormatException.OtherFormat(entityType, entityId, format, $"format {DeviceStateCodec.Format}");

        try
        {
            var reader = new StateReader(bytes);
            Restore(entityType, entityId, lane, seq, ref reader);
            reader.RequireEnd();
        }
        catch (ArgumentOutOfRangeException error)
        {
            throw StateFormatException.Damaged(entityType, entityId, error, bytes.Length);
        }
        catch (ArtefactException error)
        {
            throw StateFormatException.Damaged(entityType, entityId, new ArgumentOutOfRangeException(error.Message, error), bytes.Length);
        }
    }

    private void Restore(string entityType, string entityId, int lane, long seq, ref StateReader reader)
    {
        if (entityType == EntityWindows<IotContext>.StoredType)
        {
            state.Windows.Restore(entityId, ref reader);
            return;
        }

        var device = new DeviceState(entityId, options) { Lane = lane, Seq = seq };
        DeviceStateCodec.Read(device, state, options, ref reader);
        if (reader.Int() != 0) device.Windows = state.Windows.ReadOwn(ref reader);
        state.Calibrate(device);
        state.Devices.Put(device);
    }
}
