using System.IO.Hashing;
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
    public FileReplaySource(IReadOnlyList<string> paths, RecordReader reader, ReplayLabels labels)
    {
        this.reader = reader;
        records = new EventTimeReorderBuffer(reader);
        stream = new LabelledStream(labels);
        readNext = TryReadRecord;
        Name = NameOf(paths, labels);
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

    /// <summary>Positions hold for files of the same names and lengths, with labels treated the same way; otherwise the files are read from the start.</summary>
    private static string NameOf(IReadOnlyList<string> paths, ReplayLabels labels)
    {
        var identity = new StringBuilder();
        foreach (string path in paths) identity.Append(Path.GetFileName(path)).Append('|').Append(new FileInfo(path).Length).Append('|');
        identity.Append(labels);
        ulong hash = XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(identity.ToString()));
        string first = Path.GetFileName(paths[0]);
        string files = paths.Count == 1 ? first : $"{first} and {paths.Count - 1} more";
        return $"file {(files.Length > 200 ? files[..200] : files)} #{hash:x16}";
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
