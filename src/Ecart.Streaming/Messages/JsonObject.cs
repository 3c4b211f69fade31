using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Unicode;
using Ecart.Events;
using Ecart.Events.Decoding;

namespace Ecart.Streaming.Messages;

/// <summary>Splits one JSON object, a line of a file or a message, into the fields of a schema. Reuses its memory; not thread-safe.</summary>
internal sealed class JsonObject(FieldMap map)
{
    private readonly JsonFieldCollector collector = new(map);
    private readonly FieldBinding binding = map.BindByName();

    /// <summary>Whether the last object says that it is a label.</summary>
    public bool IsLabel => collector.IsLabel;

    /// <summary>Splits an object.</summary>
    /// <param name="json">UTF-8.</param>
    /// <param name="position">Where it came from.</param>
    /// <param name="fields">The fields; valid until the next call.</param>
    /// <param name="rejected">Why it cannot be split.</param>
    public bool TrySplit(ReadOnlySpan<byte> json, RecordPosition position, out RecordFields fields, [NotNullWhen(false)] out RejectedRecord? rejected)
    {
        fields = default;
        rejected = Collect(json, position);
        if (rejected is not null) return false;
        fields = new RecordFields(json, collector.Text, collector.Columns, binding, position);
        if (collector.NestedField < 0) return true;
        rejected = fields.Reject(
            RejectReason.WrongType, collector.NestedField, "is an object or a list: give a text, a number, true or false.", eventUid: null);
        return false;
    }

    private RejectedRecord? Collect(ReadOnlySpan<byte> json, RecordPosition position)
    {
        if (!Utf8.IsValid(json))
        {
            string remedy = position.IsLine ? "convert the file, for example with iconv -t UTF-8." : "let the producer write UTF-8.";
            return Reject(json, position, RejectReason.InvalidUtf8, "not valid UTF-8: " + remedy);
        }

        try
        {
            collector.Collect(json);
            return null;
        }
        catch (JsonException fault)
        {
            string remedy = position.IsLine ? "write one object a line." : "send one object a message.";
            return Reject(json, position, RejectReason.Malformed, $"not one JSON object, at byte {fault.BytePositionInLine ?? 0}: {remedy}");
        }
        catch (InvalidOperationException)
        {
            return Reject(json, position, RejectReason.InvalidUtf8, "an escape such as \\ud800 is half a character: repair the text at the source.");
        }
    }

    private RejectedRecord Reject(ReadOnlySpan<byte> json, RecordPosition position, RejectReason reason, string problem) =>
        RecordFields.RejectWhole(position, map.Schema.Domain, reason, json, problem);
}
