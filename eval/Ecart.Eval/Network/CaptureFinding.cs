namespace Ecart.Eval.Network;

/// <summary>One source that a capture was alerted about, of one class.</summary>
/// <param name="Source">Address.</param>
/// <param name="Class">Class of threat.</param>
/// <param name="Alerts">Alerts.</param>
/// <param name="Start">When the burst began that led to the first alert: the source's first connection of the attack's kind without a pause before it.</param>
/// <param name="FirstAlert">The first alert.</param>
internal sealed record CaptureFinding(string Source, string Class, int Alerts, DateTime Start, DateTime FirstAlert)
{
    /// <summary>Longest pause within one attack: the window of scans and of guessing.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    /// <summary>Time from the attack's start to its first alert.</summary>
    public double Seconds => (FirstAlert - Start).TotalSeconds;

    /// <summary>The findings of a capture, those with the most alerts first.</summary>
    public static IReadOnlyList<CaptureFinding> In(IReadOnlyList<ScoredFlow> scored) =>
    [
        .. scored.Where(static flow => flow is { IsAlert: true, Class: not null })
            .GroupBy(static flow => (flow.Flow.SourceAddress, flow.Class))
            .Select(group => Find(group.Key.SourceAddress, group.Key.Class!, [.. group], scored))
            .OrderByDescending(static finding => finding.Alerts),
    ];

    private static CaptureFinding Find(string source, string threatClass, List<ScoredFlow> alerts, IReadOnlyList<ScoredFlow> scored)
    {
        ScoredFlow first = alerts[0];
        DateTime start = first.Flow.OccurredAt;
        foreach (ScoredFlow flow in scored.Reverse())
        {
            if (flow.Flow.OccurredAt >= start || flow.Flow.SourceAddress != source || !IsAlike(flow, first)) continue;
            if (start - flow.Flow.OccurredAt > Pause) break;
            start = flow.Flow.OccurredAt;
        }

        return new CaptureFinding(source, threatClass, alerts.Count, start, first.Flow.OccurredAt);
    }

    /// <summary>Whether two connections of a source may be of one attack: at the same host, or on the same port.</summary>
    private static bool IsAlike(ScoredFlow left, ScoredFlow right) =>
        left.Flow.DestinationAddress == right.Flow.DestinationAddress
        || (left.Flow.Protocol == right.Flow.Protocol && left.Flow.DestinationPort == right.Flow.DestinationPort);
}
