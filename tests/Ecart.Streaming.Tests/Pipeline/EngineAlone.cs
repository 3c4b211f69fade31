using Ecart.Domains.Transactions;
using Ecart.Events;
using Ecart.Scoring;
using Ecart.Streaming.Lanes;
using Ecart.Streaming.Sources;

namespace Ecart.Streaming.Tests.Pipeline;

/// <summary>What the items should come to, as plainly as it can be said: an engine and dictionaries, no store.</summary>
internal sealed class EngineAlone
{
    private readonly Dictionary<string, bool?> labels = new(StringComparer.Ordinal);

    private EngineAlone()
    {
    }

    /// <summary>Events by uid with verdict and place.</summary>
    public Dictionary<string, ScoredEvent> Verdicts { get; } = new(StringComparer.Ordinal);

    public int Duplicates { get; private set; }

    public int Rejected { get; private set; }

    public int Labels { get; private set; }

    public static EngineAlone Run(IEnumerable<ReplayItem> items, TransactionOptions options)
    {
        var result = new EngineAlone();
        var engine = new TransactionEngine(options);
        long[] seq = new long[LaneMap.Count];
        foreach (ReplayItem item in items)
        {
            if (item.Event is { } domainEvent) result.Take(domainEvent, engine, seq);
            else if (item.Label is { } label) result.Take(label, engine, seq);
            else result.Rejected++;
        }

        return result;
    }

    private void Take(DomainEvent domainEvent, TransactionEngine engine, long[] seq)
    {
        if (Verdicts.TryGetValue(domainEvent.EventUid, out ScoredEvent known))
        {
            if (known.Event.ContentHash == domainEvent.ContentHash) Duplicates++;
            else Rejected++;
            return;
        }

        int lane = LaneMap.LaneOf(domainEvent.Domain, domainEvent.PrimaryEntityId);
        var verdict = new Verdict(engine.Dimension);
        engine.Score(domainEvent, verdict);
        var scored = new ScoredEvent(domainEvent, verdict, lane, ++seq[lane]);
        engine.Learn(in scored);
        Verdicts.Add(domainEvent.EventUid, scored);
    }

    private void Take(Label label, TransactionEngine engine, long[] seq)
    {
        if (!Verdicts.TryGetValue(label.EventUid, out ScoredEvent scored))
        {
            Rejected++;
            return;
        }

        if (labels.GetValueOrDefault(label.EventUid) == label.IsFraud)
        {
            Duplicates++;
            return;
        }

        engine.ApplyLabel(in scored, label.IsFraud, labels.GetValueOrDefault(label.EventUid), ++seq[scored.Lane]);
        labels[label.EventUid] = label.IsFraud;
        Labels++;
    }
}
