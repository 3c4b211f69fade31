using Ecart.Events;
using Ecart.Events.Decoding;

namespace Ecart.Streaming.Files;

/// <summary>The line that a <see cref="ByteWindow"/> begins with.</summary>
/// <param name="Length">Bytes before the line end; when too long, those that are in view.</param>
/// <param name="HasLineEnd">True when a line feed follows.</param>
/// <param name="IsTooLong">True when the line is longer than a record may be.</param>
internal readonly record struct TextLine(int Length, bool HasLineEnd, bool IsTooLong)
{
    /// <summary>Finds the next line; one that a fault cut off, or that is still being written, does not count.</summary>
    public static bool TryFind(ByteWindow window, out TextLine line)
    {
        var end = window.FindLineEnd();
        if (end >= 0)
        {
            line = new TextLine(end, HasLineEnd: true, end > ByteWindow.MaximumRecordLength);
            return true;
        }

        line = new TextLine(window.Unread.Length, HasLineEnd: false, window.IsFull);
        return window.IsFull || (window.Fault is null && !window.IsGrowing && !window.Unread.IsEmpty);
    }

    /// <summary>The line without its line end.</summary>
    public ReadOnlySpan<byte> Text(ByteWindow window)
    {
        var text = window.Unread[..Length];
        return HasLineEnd && text.EndsWith("\r"u8) ? text[..^1] : text;
    }

    /// <summary>True when there is nothing to read on it.</summary>
    public bool IsBlank(ByteWindow window) => !IsTooLong && !Text(window).ContainsAnyExcept(" \t\r"u8);

    /// <summary>Moves behind the line.</summary>
    public void Consume(ByteWindow window)
    {
        if (IsTooLong)
            window.SkipLine();
        else
            window.Advance(Length + (HasLineEnd ? 1 : 0), HasLineEnd ? 1 : 0);
    }

    /// <summary>Consumes a line that is too long and makes its rejection, with its beginning as payload.</summary>
    public FileRecord RejectTooLong(ByteWindow window, string source, string domain)
    {
        var line = window.Line;
        var rejected = RecordFields.RejectWhole(
            RecordPosition.OfLine(source, line), domain, RejectReason.Malformed, Text(window),
            "longer than 1 MiB: check for missing line ends.");
        Consume(window);
        return new FileRecord(new DecodedRecord(rejected), source, line, line);
    }
}
