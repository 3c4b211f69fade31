using Ecart.Events.Decoding;

namespace Ecart.Streaming.Files;

/// <summary>Finds the columns of one CSV record (RFC 4180). Reuses its memory from record to record.</summary>
internal sealed class CsvSplitter
{
    private readonly byte _separator;
    private FieldRange[] _columns = new FieldRange[64];
    private byte[] _unquoted = [];
    private int _unquotedLength;

    public CsvSplitter(byte separator) => _separator = separator;

    /// <summary>Number of columns of the record split last.</summary>
    public int Count { get; private set; }

    /// <summary>The columns of the record split last.</summary>
    public ReadOnlySpan<FieldRange> Columns => _columns.AsSpan(0, Count);

    /// <summary>What <see cref="Columns"/> point into after <see cref="SplitQuoted"/>.</summary>
    public ReadOnlySpan<byte> Unquoted => _unquoted.AsSpan(0, _unquotedLength);

    /// <summary>Splits a line without quotes; the columns point into it.</summary>
    public void SplitPlain(ReadOnlySpan<byte> line)
    {
        Count = 0;
        var start = 0;
        while (true)
        {
            var length = line[start..].IndexOf(_separator);
            if (length < 0)
            {
                AddColumn(start, line.Length - start);
                return;
            }

            AddColumn(start, length);
            start += length + 1;
        }
    }

    /// <summary>Splits the record that the bytes begin with; its columns are copied to <see cref="Unquoted"/>.</summary>
    /// <param name="bytes">One or more lines.</param>
    /// <param name="isEnd">True when nothing follows the bytes.</param>
    /// <param name="length">Bytes of the record without its line end.</param>
    public CsvSplitOutcome SplitQuoted(ReadOnlySpan<byte> bytes, bool isEnd, out int length)
    {
        Count = 0;
        _unquotedLength = 0;
        if (_unquoted.Length < bytes.Length)
            _unquoted = new byte[bytes.Length];
        length = 0;
        while (true)
        {
            var start = _unquotedLength;
            var outcome = length < bytes.Length && bytes[length] == '"'
                ? CopyQuoted(bytes, isEnd, ref length)
                : CopyPlain(bytes, isEnd, ref length);
            if (outcome != CsvSplitOutcome.Complete)
                return outcome;

            AddColumn(start, _unquotedLength - start);
            if (length == bytes.Length || bytes[length] != _separator)
                return CsvSplitOutcome.Complete;
            length++;
        }
    }

    private CsvSplitOutcome CopyPlain(ReadOnlySpan<byte> bytes, bool isEnd, ref int position)
    {
        var length = bytes[position..].IndexOfAny(_separator, (byte)'\n');
        if (length < 0)
        {
            if (!isEnd)
                return CsvSplitOutcome.NeedsMore;
            length = bytes.Length - position;
        }

        var text = bytes.Slice(position, length);
        position += length;
        Copy(position < bytes.Length && bytes[position] == '\n' && text.EndsWith("\r"u8) ? text[..^1] : text);
        return CsvSplitOutcome.Complete;
    }

    private CsvSplitOutcome CopyQuoted(ReadOnlySpan<byte> bytes, bool isEnd, ref int position)
    {
        position++;
        while (true)
        {
            var length = bytes[position..].IndexOf((byte)'"');
            if (length < 0)
                return CsvSplitOutcome.NeedsMore;

            Copy(bytes.Slice(position, length));
            position += length + 1;
            if (position == bytes.Length)
                return isEnd ? CsvSplitOutcome.Complete : CsvSplitOutcome.NeedsMore;
            if (bytes[position] != '"')
                return AfterQuote(bytes, isEnd, ref position);

            Copy("\""u8);
            position++;
        }
    }

    private CsvSplitOutcome AfterQuote(ReadOnlySpan<byte> bytes, bool isEnd, ref int position)
    {
        if (bytes[position] == '\r')
        {
            if (position + 1 == bytes.Length && !isEnd)
                return CsvSplitOutcome.NeedsMore;
            if (position + 1 == bytes.Length || bytes[position + 1] == '\n')
                position++;
        }

        return position == bytes.Length || bytes[position] == '\n' || bytes[position] == _separator
            ? CsvSplitOutcome.Complete
            : CsvSplitOutcome.Malformed;
    }

    private void Copy(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_unquoted.AsSpan(_unquotedLength));
        _unquotedLength += text.Length;
    }

    private void AddColumn(int start, int length)
    {
        if (Count == _columns.Length)
            Array.Resize(ref _columns, 2 * Count);
        _columns[Count++] = new FieldRange(start, length);
    }
}
