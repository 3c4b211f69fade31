using Ecart.Events.Decoding;

namespace Ecart.Streaming.Files;

/// <summary>The events of a text whose lines have no named fields; a line may tell of none or of several.</summary>
internal sealed class LogRecords(ByteWindow window, ILineDecoder decoder, string source, string domain) : IRecordFormat
{
    private readonly List<DecodedRecord> decoded = [];
    private int next;
    private TextLine line;

    public bool TryRead(out FileRecord record)
    {
        record = default;
        while (next == decoded.Count)
        {
            if (!TextLine.TryFind(window, out line)) return false;
            if (line.IsTooLong)
            {
                record = line.RejectTooLong(window, source, domain);
                return true;
            }

            decoded.Clear();
            next = 0;
            decoder.Decode(line.Text(window), RecordPosition.OfLine(source, window.Line), decoded);
            if (decoded.Count == 0) line.Consume(window);
        }

        record = new FileRecord(decoded[next++], source, window.Line, window.Line);
        // Whoever goes on behind this line has taken all of it.
        if (next == decoded.Count) line.Consume(window);
        return true;
    }
}
