namespace Ecart.Streaming.Files;

/// <summary>A sliding view of a file's bytes, long enough for one record and never longer.</summary>
internal sealed class ByteWindow : IDisposable
{
    /// <summary>Longest record that is read, in bytes: 1 MiB.</summary>
    public const int MaximumRecordLength = 1 << 20;

    private const int InitialLength = 1 << 18;

    private readonly InputStream _input;
    private byte[] _buffer = new byte[InitialLength];
    private int _start;
    private int _end;

    /// <param name="input">The bytes; disposed with the window.</param>
    /// <param name="isGrowing">True when more may be written behind the last byte: then what is not complete yet waits.</param>
    public ByteWindow(InputStream input, bool isGrowing = false)
    {
        _input = input;
        IsGrowing = isGrowing;
    }

    /// <summary>True while more may be written behind the last byte.</summary>
    public bool IsGrowing { get; private set; }

    /// <summary>Bytes consumed: where <see cref="Unread"/> begins.</summary>
    public long Position { get; private set; }

    /// <summary>Bytes that were read and not yet consumed.</summary>
    public ReadOnlySpan<byte> Unread => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Line of the first unread byte, from 1.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>True when no byte follows <see cref="Unread"/>.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>What ended the reading early, or null.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Position in the file as stored.</summary>
    public long StoredPosition => _input.StoredPosition;

    /// <summary>True when <see cref="Unread"/> is longer than any record may be.</summary>
    public bool IsFull => _end - _start > MaximumRecordLength;

    /// <summary>Reads more behind <see cref="Unread"/>.</summary>
    /// <returns>False at the end of the file, on a fault, and when the window is full.</returns>
    public bool TryExtend()
    {
        if (IsAtEnd || IsFull)
            return false;

        MakeRoom();
        try
        {
            var count = _input.Read(_buffer.AsSpan(_end));
            _end += count;
            IsAtEnd = count == 0 && !IsGrowing;
            return count > 0;
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            Fault = fault;
            IsAtEnd = true;
            return false;
        }
    }

    /// <summary>Consumes bytes that contain this many line ends.</summary>
    public void Advance(int length, int lineEnds)
    {
        _start += length;
        Position += length;
        Line += lineEnds;
    }

    /// <summary>Looks for the end of the line that <see cref="Unread"/> begins with, reading on as needed.</summary>
    /// <returns>Index of the line feed; -1 when the file ends first or the line is longer than a record may be.</returns>
    public int FindLineEnd()
    {
        var searched = 0;
        while (true)
        {
            var index = Unread[searched..].IndexOf((byte)'\n');
            if (index >= 0)
                return searched + index;

            searched = Unread.Length;
            if (!TryExtend())
                return -1;
        }
    }

    /// <summary>Consumes the rest of the line, however long it is, without keeping it.</summary>
    public void SkipLine()
    {
        while (true)
        {
            var index = Unread.IndexOf((byte)'\n');
            if (index >= 0)
            {
                Advance(index + 1, lineEnds: 1);
                return;
            }

            Advance(Unread.Length, lineEnds: 0);
            if (!TryExtend())
                return;
        }
    }

    /// <summary>Consumes bytes up to a position, or to the last byte there is.</summary>
    public void AdvanceTo(long position)
    {
        while (Position < position && (!Unread.IsEmpty || TryExtend()))
        {
            var length = (int)Math.Min(Unread.Length, position - Position);
            Advance(length, Unread[..length].Count((byte)'\n'));
        }
    }

    /// <summary>Nothing more will be written: what is there is all.</summary>
    public void EndGrowth() => IsGrowing = false;

    public void Dispose() => _input.Dispose();

    private void MakeRoom()
    {
        var length = _end - _start;
        if (_end < _buffer.Length && length > 0)
            return;

        var target = length == _buffer.Length ? new byte[2 * _buffer.Length] : _buffer;
        _buffer.AsSpan(_start, length).CopyTo(target);
        _buffer = target;
        _start = 0;
        _end = length;
    }
}
