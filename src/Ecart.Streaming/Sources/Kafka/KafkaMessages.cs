using Ecart.Events;
using Ecart.Events.Decoding;
using Ecart.Streaming.Messages;

namespace Ecart.Streaming.Sources.Kafka;

/// <summary>What the messages of a topic mean.</summary>
internal static class KafkaMessages
{
    /// <summary>Messages that are events, and labels among them.</summary>
    public static KafkaDecode Events(IRecordDecoder decoder)
    {
        var json = new JsonEventDecoder(decoder);
        KafkaDecode labels = Labels(decoder.Schema.Domain);
        return (value, position) =>
        {
            if (value is not { Length: > 0 }) return Empty(value, position, decoder.Schema.Domain);
            DecodedRecord decoded = json.Decode(value, position);
            return json.IsLabel ? labels(value, position) : Item(decoded.Event, null, decoded.Rejected, position);
        };
    }

    /// <summary>Messages that are labels.</summary>
    public static KafkaDecode Labels(string domain)
    {
        var json = new JsonLabelDecoder(domain);
        return (value, position) =>
        {
            if (value is not { Length: > 0 }) return Empty(value, position, domain);
            json.TryDecode(value, position, out Label? label, out RejectedRecord? rejected);
            return Item(null, label, rejected, position);
        };
    }

    private static ReplayItem Empty(byte[]? value, RecordPosition position, string domain)
    {
        string problem = value is null ? "a message without value (tombstone): events are never deleted by key." : "an empty message: send one object a message.";
        return Item(null, null, RecordFields.RejectWhole(position, domain, RejectReason.Malformed, [], problem), position);
    }

    private static ReplayItem Item(DomainEvent? decoded, Label? label, RejectedRecord? rejected, RecordPosition position) =>
        new(decoded, label, rejected, position.Source, position.Offset) { Partition = position.Partition };
}
