using Ecart.Events.Decoding;

namespace Ecart.Streaming.Messages;

/// <summary>
/// Makes events of JSON objects: flat, or the wire form with nested <c>data</c> and <c>entities</c>. A bad message is a value, never an exception.
/// Not thread-safe: one owner.
/// </summary>
/// <param name="decoder">The domain's decoder.</param>
/// <param name="map">Which name holds which field; null recognises every field by its own name.</param>
public sealed class JsonEventDecoder(IRecordDecoder decoder, FieldMap? map = null)
{
    private readonly JsonObject json = new(map ?? FieldMap.Automatic(decoder.Schema));

    /// <summary>Whether the last object says that it is a label, <c>"event_type": "label"</c>: then it is none of the events.</summary>
    internal bool IsLabel => json.IsLabel;

    /// <summary>Decodes one object.</summary>
    /// <param name="message">UTF-8. Not kept.</param>
    /// <param name="position">Where it came from, for the rejected table and for an event without uid.</param>
    public DecodedRecord Decode(ReadOnlySpan<byte> message, RecordPosition position) =>
        json.TrySplit(message, position, out RecordFields fields, out Events.RejectedRecord? rejected)
            ? decoder.Decode(fields)
            : new DecodedRecord(rejected);
}
