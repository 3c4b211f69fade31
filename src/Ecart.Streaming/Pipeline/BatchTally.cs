using System.Runtime.InteropServices;
using Ecart.Scoring;

namespace Ecart.Streaming.Pipeline;

/// <summary>What one batch holds, counted when it is scored and added to the totals when it is durable.</summary>
internal sealed class BatchTally
{
    public long Events { get; private set; }

    public long Late { get; private set; }

    public long Flagged { get; private set; }

    public long Suppressed { get; private set; }

    public long Duplicates { get; set; }

    public long Rejected { get; set; }

    public long Labels { get; set; }

    public long[] Alerts { get; } = new long[(int)Severity.Critical + 1];

    public double ScoreSum { get; private set; }

    public DateTime NewestEvent { get; private set; }

    /// <summary>Pieces of evidence by code. The codes stay from batch to batch.</summary>
    public Dictionary<string, long> Evidence { get; } = new(StringComparer.Ordinal);

    public void Count(Verdict verdict, DateTime occurredAt)
    {
        Events++;
        if (occurredAt > NewestEvent) NewestEvent = occurredAt;
        if (verdict.IsLate) Late++;
        else ScoreSum += verdict.Score;
        foreach (ref readonly Evidence finding in verdict.Evidence) CollectionsMarshal.GetValueRefOrAddDefault(Evidence, finding.Code, out _)++;
        if (verdict.IsAnomaly) Flagged++;
        if (verdict.SuppressedBy != 0) Suppressed++;
        if (verdict.RaisesAlert) Alerts[(int)verdict.Severity]++;
    }

    public void Clear()
    {
        Events = Late = Flagged = Suppressed = Duplicates = Rejected = Labels = 0;
        ScoreSum = 0;
        NewestEvent = default;
        foreach (string code in Evidence.Keys) CollectionsMarshal.GetValueRefOrNullRef(Evidence, code) = 0;
        Alerts.AsSpan().Clear();
    }
}
