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

    public void Count(Verdict verdict)
    {
        Events++;
        if (verdict.IsLate) Late++;
        if (verdict.IsAnomaly) Flagged++;
        if (verdict.SuppressedBy != 0) Suppressed++;
        if (verdict.RaisesAlert) Alerts[(int)verdict.Severity]++;
    }

    public void Clear()
    {
        Events = Late = Flagged = Suppressed = Duplicates = Rejected = Labels = 0;
        Alerts.AsSpan().Clear();
    }
}
