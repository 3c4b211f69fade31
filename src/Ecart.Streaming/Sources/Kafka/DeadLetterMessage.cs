using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using Confluent.Kafka;
using Ecart.MariaDb.Writing;

namespace Ecart.Streaming.Sources.Kafka;

/// <summary>A rejected record as a message of the dead-letter topic.</summary>
internal static class DeadLetterMessage
{
    /// <summary>
    /// Key <c>topic/partition/offset/reason</c>, value a JSON object. The payload stands in it as text where it is UTF-8, else as
    /// <c>payload_base64</c>.
    /// </summary>
    public static Message<string, byte[]> Make(DeadLetter letter)
    {
        string topic = letter.Source[KafkaSource.NameOf("").Length..];
        var buffer = new ArrayBufferWriter<byte>(letter.Payload.Length + 512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("reason", letter.Reason);
            json.WriteString("topic", topic);
            json.WriteNumber("partition", letter.Partition);
            json.WriteNumber("offset", letter.Offset);
            json.WriteString("domain", letter.Domain);
            json.WriteString("event_uid", letter.EventUid);
            json.WriteString("field", letter.Field);
            json.WriteString("value", letter.Value);
            json.WriteString("message", letter.Message);
            json.WriteString("received_at", letter.ReceivedAt.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture));
            if (Utf8.IsValid(letter.Payload.Span)) json.WriteString("payload", letter.Payload.Span);
            else json.WriteBase64String("payload_base64", letter.Payload.Span);
            json.WriteEndObject();
        }

        return new Message<string, byte[]>
        {
            Key = string.Create(CultureInfo.InvariantCulture, $"{topic}/{letter.Partition}/{letter.Offset}/{letter.Reason}"),
            Value = buffer.WrittenSpan.ToArray(),
        };
    }
}
