using Ecart.Domains.Transactions;
using Ecart.Events;

namespace Ecart.Streaming.Cluster;

/// <summary>Events as they go between nodes: every field as it is, so that the owner scores exactly what was decoded.</summary>
internal static class EventCodec
{
    public static void Write(BinaryWriter writer, DomainEvent domainEvent)
    {
        if (domainEvent is not TransactionEvent transaction)
            throw new NotSupportedException($"Events of the domain {domainEvent.Domain} cannot be handed to another node.");
        writer.Write(transaction.EventUid);
        writer.WriteTime(transaction.OccurredAt);
        writer.Write(transaction.AccountId);
        writer.Write(transaction.Amount);
        writer.Write(transaction.Currency);
        writer.Write(transaction.ScoredAmount);
        writer.WriteText(transaction.MerchantId);
        writer.WriteText(transaction.MerchantCategory);
        writer.Write((byte)transaction.Channel);
        writer.WriteText(transaction.Country);
        writer.WriteText(transaction.City);
        writer.Write(transaction.Latitude);
        writer.Write(transaction.Longitude);
        writer.WriteText(transaction.DeviceId);
        writer.WriteText(transaction.IpAddress);
        writer.WriteText(transaction.UserAgentHash);
        writer.Write(transaction.UtcOffsetMinutes);
    }

    public static DomainEvent Read(BinaryReader reader) => new TransactionEvent
    {
        EventUid = reader.ReadString(),
        OccurredAt = reader.ReadTime(),
        AccountId = reader.ReadString(),
        Amount = reader.ReadDecimal(),
        Currency = reader.ReadString(),
        ScoredAmount = reader.ReadDouble(),
        MerchantId = reader.ReadText(),
        MerchantCategory = reader.ReadText(),
        Channel = (TransactionChannel)reader.ReadByte(),
        Country = reader.ReadText(),
        City = reader.ReadText(),
        Latitude = reader.ReadDouble(),
        Longitude = reader.ReadDouble(),
        DeviceId = reader.ReadText(),
        IpAddress = reader.ReadText(),
        UserAgentHash = reader.ReadText(),
        UtcOffsetMinutes = reader.ReadInt16(),
    };
}
