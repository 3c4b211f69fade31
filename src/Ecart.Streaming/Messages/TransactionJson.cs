using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Ecart.Domains.Transactions;
using Ecart.Events;

namespace Ecart.Streaming.Messages;

/// <summary>Transactions and labels as messages: what the decoders read. For demonstrations, tests and measurements. Thread-safe.</summary>
public static class TransactionJson
{
    private const int MinutesPerHour = 60;

    /// <summary>A transaction in the wire form.</summary>
    /// <remarks>
    /// The hash of the user agent stands for the agent itself and is hashed again. Local time is kept where it is whole hours from UTC; else it is UTC.
    /// </remarks>
    public static byte[] Write(TransactionEvent transaction)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("event_uid", transaction.EventUid);
            json.WriteString("domain", transaction.Domain);
            json.WriteString("event_type", "transaction");
            json.WriteString("occurred_at", Time(transaction.OccurredAt));
            json.WriteStartObject("entities");
            json.WriteString("account", transaction.AccountId);
            Text(json, "merchant", transaction.MerchantId);
            Text(json, "device", transaction.DeviceId);
            json.WriteEndObject();
            WriteData(json, transaction);
            Text(json, "source_ip", transaction.IpAddress);
            Text(json, "user_agent", transaction.UserAgentHash);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>A label.</summary>
    public static byte[] Write(Label label)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("event_uid", label.EventUid);
            json.WriteString("domain", label.Domain);
            json.WriteString("event_type", "label");
            json.WriteBoolean("is_fraud", label.IsFraud);
            json.WriteString("known_at", Time(label.KnownAt));
            json.WriteString("source", label.Source);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteData(Utf8JsonWriter json, TransactionEvent transaction)
    {
        json.WriteStartObject("data");
        json.WriteNumber("amount", transaction.Amount);
        json.WriteString("currency", transaction.Currency);
        json.WriteString("channel", transaction.Channel.ToString().ToLowerInvariant());
        Text(json, "category", transaction.MerchantCategory);
        Text(json, "country", transaction.Country);
        Text(json, "city", transaction.City);
        if (transaction.HasPosition)
        {
            json.WriteNumber("latitude", transaction.Latitude);
            json.WriteNumber("longitude", transaction.Longitude);
        }

        // The names of these zones count west of Greenwich as positive.
        if (transaction.UtcOffsetMinutes != 0 && transaction.UtcOffsetMinutes % MinutesPerHour == 0)
            json.WriteString("time_zone", string.Create(CultureInfo.InvariantCulture, $"Etc/GMT{-transaction.UtcOffsetMinutes / MinutesPerHour:+0;-0}"));
        json.WriteEndObject();
    }

    private static void Text(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null) json.WriteString(name, value);
    }

    private static string Time(DateTime utc) => utc.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
}
