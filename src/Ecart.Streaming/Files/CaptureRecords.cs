using Ecart.Events;
using Ecart.Events.Decoding;

namespace Ecart.Streaming.Files;

/// <summary>The events of a capture. It is read whole when the first is asked for: what a packet belongs to is known only behind it.</summary>
internal sealed class CaptureRecords(ByteWindow window, ICaptureDecoder decoder, string source, string domain) : IRecordFormat
{
    /// <summary>Longest capture that is read, 1 GiB: it is held in memory.</summary>
    private const long MostBytes = 1L << 30;

    private IReadOnlyList<DomainEvent>? events;
    private int next;

    public bool TryRead(out FileRecord record)
    {
        record = default;
        if (events is null)
        {
            string? error = Load();
            if (error is not null)
            {
                var rejected = RecordFields.RejectWhole(RecordPosition.OfLine(source, 1), domain, RejectReason.Malformed, [], error);
                record = new FileRecord(new DecodedRecord(rejected), source, 1, 1);
                return true;
            }
        }

        if (next == events!.Count) return false;
        DomainEvent one = events[next++];
        record = new FileRecord(new DecodedRecord(one, null), source, next, next);
        return true;
    }

    /// <returns>Why the file is no capture; null when it is, or a fault ended the reading.</returns>
    private string? Load()
    {
        events = [];
        using var whole = new MemoryStream();
        do
        {
            whole.Write(window.Unread);
            window.Advance(window.Unread.Length, lineEnds: 0);
            if (whole.Length > MostBytes) return "the capture is longer than 1 GiB: split it, for example with editcap -c 1000000.";
        }
        while (window.TryExtend());
        if (window.Fault is not null) return null;
        if (!decoder.TryDecode(whole.GetBuffer().AsSpan(0, (int)whole.Length), source, out IReadOnlyList<DomainEvent>? read, out string? error)) return error;
        events = read;
        return null;
    }
}
