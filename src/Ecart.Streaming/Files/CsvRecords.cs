using Ecart.Events;
using Ecart.Events.Decoding;

namespace Ecart.Streaming.Files;

/// <summary>
/// The records of a CSV file. A record that breaks the rules is rejected as the one line it begins on, so that a stray quote costs a line and
/// not the rest of the file. Blank lines are passed over.
/// </summary>
internal sealed class CsvRecords : IRecordFormat
{
    private readonly ByteWindow _window;
    private readonly CsvHeader _header;
    private readonly CsvSplitter _splitter;
    private readonly FieldBinding _binding;
    private readonly IRecordDecoder _decoder;
    private readonly string _source;

    public CsvRecords(ByteWindow window, CsvHeader header, FieldBinding binding, IRecordDecoder decoder, string source)
    {
        _window = window;
        _header = header;
        _splitter = new CsvSplitter(header.Separator);
        _binding = binding;
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
                record = line.RejectTooLong(_window, _source, _decoder.Schema.Domain);
            else if (line.Text(_window).Contains((byte)'"'))
                return TryReadQuoted(line, out record);
            else
                record = ReadPlain(line);
            return true;
        }

        return false;
    }

    private FileRecord ReadPlain(TextLine line)
    {
        var text = line.Text(_window);
        _splitter.SplitPlain(text);
        var record = Decode(text, text, _window.Line);
        line.Consume(_window);
        return record;
    }

    private bool TryReadQuoted(TextLine line, out FileRecord record)
    {
        record = default;
        CsvSplitOutcome outcome;
        int length;
        do
            outcome = _splitter.SplitQuoted(_window.Unread, _window.IsAtEnd, out length);
        while (outcome == CsvSplitOutcome.NeedsMore && TryExtend());

        if (outcome == CsvSplitOutcome.NeedsMore && (_window.Fault is not null || (_window.IsGrowing && !_window.IsFull)))
            return false;
        if (outcome != CsvSplitOutcome.Complete)
        {
            record = Reject(
                line.Text(_window),
                _window.Line,
                outcome == CsvSplitOutcome.Malformed
                    ? "text follows a closing quote: double every quote inside quoted text."
                    : "a quote is opened and not closed within 1 MiB: close it, and double every quote inside quoted text.");
            line.Consume(_window);
            return true;
        }

        var raw = _window.Unread[..length];
        var lineEnds = raw.Count((byte)'\n');
        var decoded = Decode(raw.TrimEnd((byte)'\r'), _splitter.Unquoted, _window.Line);
        record = decoded with { LastLine = decoded.Line + lineEnds };
        var hasLineEnd = length < _window.Unread.Length;
        _window.Advance(length + (hasLineEnd ? 1 : 0), lineEnds + (hasLineEnd ? 1 : 0));
        return true;
    }

    /// <summary>Doubles the view, so that a long record is not split again for every few bytes. Reaching the end is news too.</summary>
    private bool TryExtend()
    {
        if (_window.IsAtEnd || _window.IsFull)
            return false;

        var before = _window.Unread.Length;
        while (_window.Unread.Length < 2 * before && _window.TryExtend())
            continue;
        return _window.Fault is null && (_window.Unread.Length > before || _window.IsAtEnd);
    }

    private FileRecord Decode(ReadOnlySpan<byte> raw, ReadOnlySpan<byte> text, long line)
    {
        if (_splitter.Count != _header.Columns.Count)
        {
            return Reject(
                raw, line,
                $"{_splitter.Count} columns instead of the header's {_header.Columns.Count} (separator {_header.SeparatorName}): "
                + "quote texts that contain the separator.");
        }

        var fields = new RecordFields(raw, text, _splitter.Columns, _binding, RecordPosition.OfLine(_source, line));
        return new FileRecord(_decoder.Decode(fields), _source, line, line);
    }

    private FileRecord Reject(ReadOnlySpan<byte> raw, long line, string problem) => new(
        new DecodedRecord(RecordFields.RejectWhole(
            RecordPosition.OfLine(_source, line), _decoder.Schema.Domain, RejectReason.Malformed, raw, problem)),
        _source, line, line);
}
