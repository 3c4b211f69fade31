using Ecart.Domains.Iot;
using Ecart.Events;

namespace Ecart.Streaming.Cluster;

/// <summary>Measurements of devices.</summary>
internal sealed class IotMeasurementForm : IEventForm
{
    public void Write(BinaryWriter writer, DomainEvent domainEvent)
    {
        var measurement = (IotMeasurement)domainEvent;
        writer.Write(measurement.EventUid);
        writer.WriteTime(measurement.OccurredAt);
        writer.Write(measurement.DeviceId);
        writer.Write(measurement.Signal);
        writer.Write((byte)measurement.Type);
        writer.Write(measurement.Value);
        writer.WriteText(measurement.Unit);
        writer.WriteText(measurement.Location);
    }

    public DomainEvent Read(BinaryReader reader) => new IotMeasurement
    {
        EventUid = reader.ReadString(),
        OccurredAt = reader.ReadTime(),
        DeviceId = reader.ReadString(),
        Signal = reader.ReadString(),
        Type = (MeasurementType)reader.ReadByte(),
        Value = reader.ReadDouble(),
        Unit = reader.ReadText(),
        Location = reader.ReadText(),
    };
}
