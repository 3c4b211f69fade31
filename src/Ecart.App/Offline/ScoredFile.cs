using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Ecart.App.Domains;
using Ecart.Events;
using Ecart.Scoring;

namespace Ecart.App.Offline;

/// <summary>
/// Writes verdicts as CSV (RFC 4180), and rejected records beside it. Files get their names only when complete: one that is there is whole.
/// </summary>
internal sealed class ScoredFile : IDisposable
{
    private const string RejectedHeader = "source,line,reason,field,value,message";
    private static readonly SearchValues<char> Special = SearchValues.Create(",\"\r\n");
    private readonly string path;
    private readonly IServedDomain domain;
    private readonly List<string> values = [];
    private readonly StringBuilder line = new();
    private readonly StreamWriter scored;
    private StreamWriter? rejected;

    /// <summary>Begins a file.</summary>
    /// <exception cref="IOException">The folder is absent or cannot be written to.</exception>
    public ScoredFile(string path, IServedDomain domain)
    {
        this.path = path;
        this.domain = domain;
        scored = Open(path);
        scored.WriteLine($"uid,occurred_at,{domain.ScoredColumns},score,rank_score,flagged,severity,late,reasons,explanation");
    }

    /// <summary>Where rejected records of a file go.</summary>
    public static string RejectedPath(string path) =>
        (path.EndsWith(".gz", StringComparison.Ordinal) ? path[..^3] : path) + ".rejected.csv";

    /// <summary>Writes one verdict.</summary>
    public void Write(DomainEvent domainEvent, Verdict verdict)
    {
        line.Clear();
        Text(domainEvent.EventUid).Append(',')
            .Append(CultureInfo.InvariantCulture, $"{domainEvent.OccurredAt:yyyy-MM-ddTHH:mm:ss.FFFFFFZ},");
        values.Clear();
        domain.AppendScored(domainEvent, verdict, values);
        foreach (string value in values) Text(value).Append(',');
        if (!verdict.IsLate) line.Append(CultureInfo.InvariantCulture, $"{verdict.Score:0.######},{verdict.RankScore:R}");
        else line.Append(',');
        line.Append(verdict.IsAnomaly ? ",1," : ",0,").Append(SeverityName(verdict.Severity)).Append(verdict.IsLate ? ",1," : ",0,");
        Reasons(verdict);
        scored.Write(line);
        scored.Write('\n');
    }

    /// <summary>Writes one record that is no event.</summary>
    public void Reject(RejectedRecord record)
    {
        rejected ??= OpenRejected();
        line.Clear();
        Text(record.Source).Append(CultureInfo.InvariantCulture, $",{record.Offset},{record.Reason},");
        Text(record.Field ?? "").Append(',');
        Text(record.Value ?? "").Append(',');
        Text(record.Message);
        rejected.Write(line);
        rejected.Write('\n');
    }

    /// <summary>Gives the files their names.</summary>
    public void Complete()
    {
        scored.Dispose();
        File.Move(Unfinished(path), path, overwrite: true);
        File.Delete(RejectedPath(path));
        if (rejected is null) return;
        rejected.Dispose();
        File.Move(Unfinished(RejectedPath(path)), RejectedPath(path));
    }

    /// <summary>Closes the files and removes those that are not complete.</summary>
    public void Dispose()
    {
        Discard(scored);
        if (rejected is not null) Discard(rejected);
        File.Delete(Unfinished(path));
        File.Delete(Unfinished(RejectedPath(path)));
    }

    private static string Unfinished(string path) => path + ".unfinished";

    private static string SeverityName(Severity severity) => severity switch
    {
        Severity.Low => "low",
        Severity.Medium => "medium",
        Severity.High => "high",
        Severity.Critical => "critical",
        _ => "none",
    };

    /// <summary>Closes a file that is thrown away: what cannot be flushed any more, on a full disk, does not matter.</summary>
    private static void Discard(StreamWriter writer)
    {
        try
        {
            writer.Dispose();
        }
        catch (IOException)
        {
            // The reason why it is thrown away was told already.
        }
    }

    private static StreamWriter Open(string path)
    {
        var file = new FileStream(Unfinished(path), FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16);
        Stream stream = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionLevel.Fastest) : file;
        return new StreamWriter(stream, new UTF8Encoding(false), 1 << 16) { NewLine = "\n" };
    }

    private StreamWriter OpenRejected()
    {
        StreamWriter writer = Open(RejectedPath(path));
        writer.WriteLine(RejectedHeader);
        return writer;
    }

    private void Reasons(Verdict verdict)
    {
        bool isFirst = true;
        foreach (ref readonly Evidence evidence in verdict.Evidence)
        {
            line.Append(CultureInfo.InvariantCulture, $"{(isFirst ? "" : " ")}{evidence.Code}:{evidence.Contribution:0.######}");
            isFirst = false;
        }

        line.Append(',');
        if (isFirst) return;
        var sentences = new StringBuilder();
        foreach (ref readonly Evidence evidence in verdict.Evidence)
            sentences.Append(sentences.Length > 0 ? " " : "").Append(EvidenceText.Describe(in evidence));
        Text(sentences.ToString());
    }

    private StringBuilder Text(string value) => value.AsSpan().ContainsAny(Special)
        ? line.Append('"').Append(value.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"')
        : line.Append(value);
}
