using System.Text;
using Ecart.Streaming.Files;

namespace Ecart.Streaming.Sources;

/// <summary>Files as a replay source: read in event order, with their truth as labels.</summary>
public sealed class FileReplaySource : IReplaySource
{
    private readonly RecordReader reader;
    private readonly EventTimeReorderBuffer records;
    private readonly LabelledStream stream;
    private readonly LabelledStream.TryReadLabelled readNext;

    /// <summary>Takes over an open reader.</summary>
    /// <param name="paths">The reader's files.</param>
    /// <param name="reader">The reader; disposed with this source.</param>
    /// <param name="labels">What to do with the truth in the records.</param>
    /// <param name="reading">How records are read, for example the mapping: read otherwise, the same files are another source.</param>
    public FileReplaySource(IReadOnlyList<string> paths, RecordReader reader, ReplayLabels labels, string reading = "")
    {
        this.reader = reader;
        records = new EventTimeReorderBuffer(reader);
        stream = new LabelledStream(labels);
        readNext = TryReadRecord;
        Name = NameOf(paths, labels, reading);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public double Progress => reader.Progress.TotalBytes == 0 ? 1 : (double)reader.Progress.BytesRead / reader.Progress.TotalBytes;

    /// <summary>What the user should know although it is no failure.</summary>
    public IReadOnlyList<string> Notices => reader.Notices;

    /// <summary>Labels that become known only after the end of the files.</summary>
    public int PendingLabels => stream.Pending;

    /// <inheritdoc/>
    public long Position { get; private set; }

    /// <inheritdoc/>
    public string? Failure => reader.Failure?.Message;

    /// <inheritdoc/>
    public bool TryRead(out ReplayItem item)
    {
        if (!stream.TryRead(readNext, out item)) return false;
        if (reader.Failure is null) Position++;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => reader.Dispose();

    /// <summary>Positions hold for files of the same names and lengths, read and labelled the same way; otherwise the files are read from the start.</summary>
    private static string NameOf(IReadOnlyList<string> paths, ReplayLabels labels, string reading)
    {
        var identity = new StringBuilder();
        foreach (string path in paths) identity.Append(Path.GetFileName(path)).Append('|').Append(new FileInfo(path).Length).Append('|');
        identity.Append(labels).Append('|').Append(reading);
        string first = Path.GetFileName(paths[0]);
        return SourceIdentity.Name("file " + (paths.Count == 1 ? first : $"{first} and {paths.Count - 1} more"), identity.ToString());
    }

    private bool TryReadRecord(out ReplayItem item, out DateTime? fraudKnownAt)
    {
        fraudKnownAt = null;
        if (!records.TryRead(out FileRecord record))
        {
            item = default;
            return false;
        }

        item = new ReplayItem(record.Event, null, record.Rejected, record.Source, record.Line);
        if (record.Event is { } decoded && record.Truth is { IsFraud: true } truth)
            fraudKnownAt = stream.KnownAt(decoded.OccurredAt, truth.KnownAt);
        return true;
    }
}
