using System.Text.Json;
using System.Text.Unicode;
using Ecart.Events;
using Ecart.Events.Decoding;

namespace Ecart.Streaming.Files;

/// <summary>The records of a JSON lines file: one object a line, flat or with nested <c>data</c> and <c>entities</c>.</summary>
internal sealed class JsonRecords : IRecordFormat
{
    private readonly ByteWindow _window;
    private readonly JsonFieldCollector _fields;
    private readonly FieldBinding _binding;
    private readonly IRecordDecoder _decoder;
    private readonly string _source;

    public JsonRecords(ByteWindow window, FieldMap map, IRecordDecoder decoder, string source)
    {
        _window = window;
        _fields = new JsonFieldCollector(map);
        _binding = map.BindByName();
        _decoder = decoder;
        _source = source;
    }

    public bool TryRead(out FileRecord record)
    {
        record = default;
        while (TextLine.TryFind(_window, out var line))
        {
            if (line.IsBlank(_window))
            {
                line.Consume(_window);
                continue;
            }

            if (line.IsTooLong)
            {
                record = line.RejectTooLong(_window, _source, _decoder.Schema.Domain);
                return true;
            }

            record = new FileRecord(Decode(line.Text(_window), _window.Line), _source, _window.Line, _window.Line);
            line.Consume(_window);
            return true;
        }

        return false;
    }

    private DecodedRecord Decode(ReadOnlySpan<byte> text, long line)
    {
        if (!Utf8.IsValid(text))
            return Reject(text, line, RejectReason.InvalidUtf8, "not valid UTF-8: convert the file, for example with iconv -t UTF-8.");

        try
        {
            _fields.Collect(text);
        }
        catch (JsonException fault)
        {
            return Reject(
                text, line, RejectReason.Malformed,
                $"not one JSON object, at byte {fault.BytePositionInLine ?? 0}: write one object a line.");
        }
        catch (InvalidOperationException)
        {
            return Reject(text, line, RejectReason.InvalidUtf8, "an escape such as \\ud800 is half a character: repair the text at the source.");
        }

        var fields = new RecordFields(text, _fields.Text, _fields.Columns, _binding, RecordPosition.OfLine(_source, line));
        return _fields.NestedField >= 0
            ? new DecodedRecord(fields.Reject(
                RejectReason.WrongType, _fields.NestedField, "is an object or a list: give a text, a number, true or false.", eventUid: null))
            : _decoder.Decode(fields);
    }

    private DecodedRecord Reject(ReadOnlySpan<byte> text, long line, RejectReason reason, string problem) => new(
        RecordFields.RejectWhole(RecordPosition.OfLine(_source, line), _decoder.Schema.Domain, reason, text, problem));
}
