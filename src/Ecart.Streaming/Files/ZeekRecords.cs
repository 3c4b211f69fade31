using System.Text;
using Ecart.Events;
using Ecart.Events.Decoding;

namespace Ecart.Streaming.Files;

/// <summary>
/// The records of a Zeek log: lines of values between tabs whose names a line <c>#fields</c> gives, which may come again with other names. Other lines that
/// begin with a number sign are passed over.
/// </summary>
internal sealed class ZeekRecords : IRecordFormat
{
    private const byte Separator = (byte)'\t';
    private readonly ByteWindow _window;
    private readonly FieldMap _map;
    private readonly IRecordDecoder _decoder;
    private readonly string _source;
    private readonly CsvSplitter _splitter = new(Separator);
    private FieldBinding? _binding;
    private int _columns;
    private string _problem = "no line #fields names the columns before this one: take the log from its beginning.";

    public ZeekRecords(ByteWindow window, FieldMap map, IRecordDecoder decoder, string source)
    {
        _window = window;
        _map = map;
        _decoder = decoder;
        _source = source;
    }

    /// <summary>Whether a file begins as Zeek's logs do.</summary>
    public static bool Begins(ReadOnlySpan<byte> text) => text.StartsWith("#separator"u8) || text.StartsWith("#fields\t"u8) || text.StartsWith("#path\t"u8);

    public bool TryRead(out FileRecord record)
    {
        ReadComments();
        record = default;
        if (!TextLine.TryFind(_window, out var line))
            return false;

        if (line.IsTooLong)
        {
            record = line.RejectTooLong(_window, _source, _decoder.Schema.Domain);
            return true;
        }

        record = Decode(line.Text(_window), _window.Line);
        line.Consume(_window);
        return true;
    }

    /// <summary>Moves behind comments and takes the names of columns that are among them.</summary>
    public void ReadComments()
    {
        while (TextLine.TryFind(_window, out var line) && !line.IsTooLong)
        {
            var text = line.Text(_window);
            if (!line.IsBlank(_window) && text[0] != '#')
                return;

            if (text.StartsWith("#fields\t"u8))
                Bind(text["#fields\t".Length..]);
            line.Consume(_window);
        }
    }

    private void Bind(ReadOnlySpan<byte> names)
    {
        string[] columns = Encoding.UTF8.GetString(names).Split((char)Separator);
        _columns = columns.Length;
        if (!_map.TryBind(columns, out _binding, out var error))
            _problem = error;
    }

    private FileRecord Decode(ReadOnlySpan<byte> text, long line)
    {
        var position = RecordPosition.OfLine(_source, line);
        if (_binding is null)
            return Reject(text, position, _problem);

        _splitter.SplitPlain(text);
        if (_splitter.Count != _columns)
            return Reject(text, position, $"{_splitter.Count} columns instead of the {_columns} of #fields.");

        var fields = new RecordFields(text, text, _splitter.Columns, _binding, position);
        return new FileRecord(_decoder.Decode(fields), _source, line, line);
    }

    private FileRecord Reject(ReadOnlySpan<byte> text, RecordPosition position, string problem) => new(
        new DecodedRecord(RecordFields.RejectWhole(position, _decoder.Schema.Domain, RejectReason.Malformed, text, problem)),
        _source, position.Offset, position.Offset);
}
