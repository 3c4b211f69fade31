using Ecart.Domains.Network;
using Ecart.Events;

namespace Ecart.Streaming.Cluster;

/// <summary>Connections.</summary>
internal sealed class NetworkFlowForm : IEventForm
{
    public void Write(BinaryWriter writer, DomainEvent domainEvent)
    {
        var flow = (NetworkFlow)domainEvent;
        writer.Write(flow.EventUid);
        writer.WriteTime(flow.OccurredAt);
        writer.Write((byte)flow.Kind);
        writer.Write(flow.SourceAddress);
        writer.Write(flow.SourcePort);
        writer.Write(flow.DestinationAddress);
        writer.Write(flow.DestinationPort);
        writer.Write((byte)flow.Protocol);
        writer.WriteText(flow.Service);
        writer.Write(flow.BytesOut);
        writer.Write(flow.BytesIn);
        writer.Write(flow.PacketsOut);
        writer.Write(flow.PacketsIn);
        writer.Write(flow.DurationSeconds);
        writer.Write((byte)flow.State);
        writer.Write((byte)flow.Flags);
        writer.Write((byte)flow.SourceScope);
        writer.Write((byte)flow.DestinationScope);
        writer.Write(flow.LoginAttempts);
        writer.WriteFlag(flow.LoginSucceeded);
        writer.WriteText(flow.QueryName);
        writer.Write(flow.IsNameUnknown);
        writer.WriteText(flow.AlertName);
        writer.WriteText(flow.AlertCategory);
        writer.Write(flow.AlertSeverity);
    }

    public DomainEvent Read(BinaryReader reader) => new NetworkFlow
    {
        EventUid = reader.ReadString(),
        OccurredAt = reader.ReadTime(),
        Kind = (NetworkRecordKind)reader.ReadByte(),
        SourceAddress = reader.ReadString(),
        SourcePort = reader.ReadInt32(),
        DestinationAddress = reader.ReadString(),
        DestinationPort = reader.ReadInt32(),
        Protocol = (NetworkProtocol)reader.ReadByte(),
        Service = reader.ReadText(),
        BytesOut = reader.ReadInt64(),
        BytesIn = reader.ReadInt64(),
        PacketsOut = reader.ReadInt64(),
        PacketsIn = reader.ReadInt64(),
        DurationSeconds = reader.ReadDouble(),
        State = (ConnectionState)reader.ReadByte(),
        Flags = (TcpControlBits)reader.ReadByte(),
        SourceScope = (AddressScope)reader.ReadByte(),
        DestinationScope = (AddressScope)reader.ReadByte(),
        LoginAttempts = reader.ReadInt32(),
        LoginSucceeded = reader.ReadFlag(),
        QueryName = reader.ReadText(),
        IsNameUnknown = reader.ReadBoolean(),
        AlertName = reader.ReadText(),
        AlertCategory = reader.ReadText(),
        AlertSeverity = reader.ReadInt32(),
    };
}
