using System.Globalization;
using System.Text;
using System.Text.Json;
using Ecart.Domains.Transactions;
using Ecart.Events;

namespace Ecart.Checker.Producing;

/// <summary>Items as one line of JSON each: events in the form that every source takes, labels as objects with <c>label_of</c>.</summary>
internal static class WireText
{
    private const string TimeFormat = "yyyy-MM-ddTHH:mm:ss.ffffffZ";

    /// <summary>One line, without its end.</summary>
    public static string Write(ProducedItem item)
    {
        if (item.Unreadable is { } unreadable) return unreadable;
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            if (item.Label is { } label)
            {
                json.WriteString("label_of", label.EventUid);
                json.WriteBoolean("is_fraud", label.IsFraud);
                json.WriteString("known_at", label.KnownAt.ToString(TimeFormat, CultureInfo.InvariantCulture));
            }
            else
            {
                Write(json, item.Event!);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>What a line says.</summary>
    public static ProducedItem Read(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        JsonElement root = document.RootElement;
        if (root.TryGetProperty("label_of", out JsonElement uid))
        {
            bool isFraud = root.GetProperty("is_fraud").GetBoolean();
            return new ProducedItem(null, new Label(TransactionEvent.DomainName, uid.GetString()!, isFraud, Time(root, "known_at"), "checker"));
        }

        decimal amount = root.GetProperty("amount").GetDecimal();
        return new ProducedItem(
            new TransactionEvent
            {
                EventUid = Text(root, "uid")!,
                AccountId = Text(root, "account")!,
                OccurredAt = Time(root, "occurred_at"),
                Amount = amount,
                ScoredAmount = (double)amount,
                MerchantId = Text(root, "merchant"),
                MerchantCategory = Text(root, "category"),
                Channel = Enum.Parse<TransactionChannel>(Text(root, "channel")!, ignoreCase: true),
                Country = Text(root, "country"),
                Latitude = Number(root, "latitude"),
                Longitude = Number(root, "longitude"),
                DeviceId = Text(root, "device"),
                IpAddress = Text(root, "ip"),
            },
            null);
    }

    private static void Write(Utf8JsonWriter json, TransactionEvent transaction)
    {
        json.WriteString("uid", transaction.EventUid);
        json.WriteString("account", transaction.AccountId);
        json.WriteString("occurred_at", transaction.OccurredAt.ToString(TimeFormat, CultureInfo.InvariantCulture));
        json.WriteNumber("amount", transaction.Amount);
        json.WriteString("channel", transaction.Channel.ToString().ToLowerInvariant());
        if (transaction.MerchantId is { } merchant) json.WriteString("merchant", merchant);
        if (transaction.MerchantCategory is { } category) json.WriteString("category", category);
        if (transaction.Country is { } country) json.WriteString("country", country);
        if (transaction.HasPosition)
        {
            json.WriteNumber("latitude", transaction.Latitude);
            json.WriteNumber("longitude", transaction.Longitude);
        }

        if (transaction.DeviceId is { } device) json.WriteString("device", device);
        if (transaction.IpAddress is { } ip) json.WriteString("ip", ip);
    }

    private static string? Text(JsonElement root, string name) => root.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    private static double Number(JsonElement root, string name) => root.TryGetProperty(name, out JsonElement value) ? value.GetDouble() : double.NaN;

    private static DateTime Time(JsonElement root, string name) =>
        DateTime.ParseExact(root.GetProperty(name).GetString()!, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);
}
