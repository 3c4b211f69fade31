using System.Diagnostics.CodeAnalysis;
using Ecart.Events;
using Ecart.Events.Decoding;

namespace Ecart.Streaming.Messages;

/// <summary>
/// Makes labels of JSON objects <c>{"event_uid", "domain", "is_fraud", "known_at", "source"}</c>. A bad message is a value, never an exception.
/// Not thread-safe: one owner.
/// </summary>
public sealed class JsonLabelDecoder
{
    private readonly LabelDecoder decoder;
    private readonly JsonObject json;

    /// <summary>Makes a decoder.</summary>
    /// <param name="domain">Domain of the events that labels may speak of.</param>
    public JsonLabelDecoder(string domain)
    {
        decoder = new LabelDecoder(domain);
        json = new JsonObject(FieldMap.Automatic(decoder.Schema));
    }

    /// <summary>Decodes one object.</summary>
    /// <param name="message">UTF-8. Not kept.</param>
    /// <param name="position">Where it came from, for the rejected table.</param>
    /// <param name="label">The label.</param>
    /// <param name="rejected">Why it is none.</param>
    public bool TryDecode(
        ReadOnlySpan<byte> message, RecordPosition position, [NotNullWhen(true)] out Label? label, [NotNullWhen(false)] out RejectedRecord? rejected)
    {
        label = null;
        return json.TrySplit(message, position, out RecordFields fields, out rejected) && decoder.TryDecode(in fields, out label, out rejected);
    }
}
