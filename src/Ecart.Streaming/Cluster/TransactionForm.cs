using Ecart.Domains.Transactions;
using Ecart.Events;

namespace Ecart.Streaming.Cluster;

/// <summary>Transactions.</summary>
internal sealed class TransactionForm : IEventForm
{
    public void Write(BinaryWriter writer, DomainEvent domainEvent)
    {
        var transaction = (TransactionEvent)domainEvent;
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

    public DomainEvent Read(BinaryReader reader) => new TransactionEvent
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
