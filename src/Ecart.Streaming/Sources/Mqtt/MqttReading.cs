using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using Ecart.Events;
using Ecart.Events.Decoding;
using Ecart.Streaming.Files;

namespace Ecart.Streaming.Sources.Mqtt;

/// <summary>
/// Makes an item of a message. A reading without uid is named by topic and content, which holds its time: sent or delivered twice it is one event.
/// Not thread-safe.
/// </summary>
internal sealed class MqttReading(IRecordDecoder decoder, FieldMap map, int topicLevel)
{
    /// <summary>Decodes a message.</summary>
    public ReplayItem Decode(string topic, ReadOnlySpan<byte> payload)
    {
        var position = new RecordPosition(SourceOf(topic), 0, OffsetOf(topic, payload), IsLine: false);
        if (!TryDecode(topic, payload, position, out DecodedRecord decoded, out string problem))
            decoded = new DecodedRecord(RecordFields.RejectWhole(position, decoder.Schema.Domain, RejectReason.Malformed, payload, problem));
        return new ReplayItem(decoded.Event, null, decoded.Rejected, position.Source, position.Offset);
    }

    /// <summary>What records of a topic name as their source.</summary>
    public static string SourceOf(string topic) => "mqtt:" + topic;

    private bool TryDecode(string topic, ReadOnlySpan<byte> payload, RecordPosition position, out DecodedRecord decoded, out string problem)
    {
        decoded = default;
        problem = "the message is not a JSON object: send one object a message.";
        int start = payload.IndexOf((byte)'{');
        if (start < 0 || !RecordText.IsJson(payload)) return false;
        ReadOnlySpan<byte> text = payload;
        if (topicLevel > 0)
        {
            string[] levels = topic.Split('/');
            if (levels.Length < topicLevel)
            {
                problem = $"its topic has no level {topicLevel}.";
                return false;
            }

            text = WithTopic(payload[(start + 1)..], levels[topicLevel - 1]);
        }

        if (RecordText.TryDecode(text, position, null, decoder, map, out decoded, out string? error)) return true;
        problem = "the message " + error;
        return false;
    }

    private static byte[] WithTopic(ReadOnlySpan<byte> members, string level)
    {
        bool isEmpty = members.TrimStart(" \t\r\n"u8).StartsWith("}"u8);
        byte[] head = Encoding.UTF8.GetBytes($"{{\"{MqttSource.TopicColumn}\":\"{JsonEncodedText.Encode(level)}\"{(isEmpty ? "" : ",")}");
        return [.. head, .. members];
    }

    /// <summary>A number, 0 or more, that is the same for the same message on the same topic.</summary>
    private static long OffsetOf(string topic, ReadOnlySpan<byte> payload)
    {
        var hash = new XxHash3();
        hash.Append(Encoding.UTF8.GetBytes(topic));
        hash.Append([0]);
        hash.Append(payload);
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        hash.GetCurrentHash(bytes);
        return BinaryPrimitives.ReadInt64LittleEndian(bytes) & long.MaxValue;
    }
}
