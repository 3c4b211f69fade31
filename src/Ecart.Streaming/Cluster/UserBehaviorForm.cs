using System.Runtime.InteropServices;
using Ecart.Domains.UserBehavior;
using Ecart.Events;

namespace Ecart.Streaming.Cluster;

/// <summary>Actions of users, their own vectors included.</summary>
internal sealed class UserBehaviorForm : IEventForm
{
    public void Write(BinaryWriter writer, DomainEvent domainEvent)
    {
        var action = (UserBehaviorEvent)domainEvent;
        writer.Write(action.EventUid);
        writer.WriteTime(action.OccurredAt);
        writer.Write(action.UserId);
        writer.Write(action.EventType);
        writer.WriteText(action.Resource);
        writer.Write((byte)action.Outcome);
        writer.WriteText(action.SourceIp);
        writer.WriteText(action.UserAgent);
        writer.WriteText(action.DeviceId);
        writer.WriteText(action.Country);
        writer.WriteText(action.City);
        writer.Write(action.Latitude);
        writer.Write(action.Longitude);
        writer.WriteText(action.SessionId);
        writer.WriteText(action.Role);
        writer.Write(action.UtcOffsetMinutes);
        writer.Write(action.Embedding is not null);
        if (action.Embedding is { } vector) writer.WriteBytes(MemoryMarshal.AsBytes<float>(vector));
        writer.Write(action.EmbeddingVersion);
    }

    public DomainEvent Read(BinaryReader reader) => new UserBehaviorEvent
    {
        EventUid = reader.ReadString(),
        OccurredAt = reader.ReadTime(),
        UserId = reader.ReadString(),
        EventType = reader.ReadString(),
        Resource = reader.ReadText(),
        Outcome = (ActionOutcome)reader.ReadByte(),
        SourceIp = reader.ReadText(),
        UserAgent = reader.ReadText(),
        DeviceId = reader.ReadText(),
        Country = reader.ReadText(),
        City = reader.ReadText(),
        Latitude = reader.ReadDouble(),
        Longitude = reader.ReadDouble(),
        SessionId = reader.ReadText(),
        Role = reader.ReadText(),
        UtcOffsetMinutes = reader.ReadInt16(),
        Embedding = reader.ReadBoolean() ? MemoryMarshal.Cast<byte, float>(reader.ReadBytes()).ToArray() : null,
        EmbeddingVersion = reader.ReadInt32(),
    };
}
