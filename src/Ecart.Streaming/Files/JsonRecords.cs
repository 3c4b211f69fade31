using Ecart.Events.Decoding;
using Ecart.Streaming.Messages;

namespace Ecart.Streaming.Files;

/// <summary>The records of a JSON lines file: one object a line, flat or with nested <c>data</c> and <c>entities</c>.</summary>
internal sealed class JsonRecords : IRecordFormat
{
    private readonly ByteWindow _window;
    private readonly JsonEventDecoder _decoder;
    private readonly string _domain;
    private readonly string _source;

    public JsonRecords(ByteWindow window, FieldMap map, IRecordDecoder decoder, string source)
    {
        _window = window;
        _decoder = new JsonEventDecoder(decoder, map);
        _domain = decoder.Schema.Domain;
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
                record = line.RejectTooLong(_window, _source, _domain);
                return true;
            }

            record = new FileRecord(_decoder.Decode(line.Text(_window), RecordPosition.OfLine(_source, _window.Line)), _source, _window.Line, _window.Line);
            line.Consume(_window);
            return true;
        }

        return false;
    }
}
