using Ecart.Events;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;
using Ecart.Streaming.Lanes;
using Ecart.Streaming.Sources;

namespace Ecart.App.Offline;

/// <summary>Scores a source in memory, each event before it is learned, and hands verdicts to a file. One thread; the counts may be read by others.</summary>
internal sealed class OfflineScoring(IDomainEngine engine, ScoredFile results)
{
    private readonly Dictionary<UInt128, ulong> known = [];
    private readonly Dictionary<string, ScoredEvent> awaitingLabel = new(StringComparer.Ordinal);
    private readonly Verdict verdict = new(engine.Dimension);
    private long seq;
    private long scored;
    private long flagged;

    /// <summary>Events scored.</summary>
    public long Scored => Volatile.Read(ref scored);

    /// <summary>Events flagged.</summary>
    public long Flagged => Volatile.Read(ref flagged);

    /// <summary>Repeated events with the same content.</summary>
    public long Duplicates { get; private set; }

    /// <summary>Records that are no events, and repeated uids with other content.</summary>
    public long Rejected { get; private set; }

    /// <summary>Labels applied.</summary>
    public long Labels { get; private set; }

    /// <summary>Scores the source to its end.</summary>
    public void Run(IReplaySource source, CancellationToken cancellationToken)
    {
        while (source.TryRead(out ReplayItem item))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (item.Event is { } domainEvent) Score(domainEvent, in item);
            else if (item.Label is { } label) Apply(label);
            else if (item.Rejected is { } rejected) Reject(rejected);
        }
    }

    private void Score(DomainEvent domainEvent, in ReplayItem item)
    {
        UInt128 key = UidHash.Compute(domainEvent.Domain, domainEvent.EventUid);
        if (!known.TryAdd(key, domainEvent.ContentHash))
        {
            if (known[key] == domainEvent.ContentHash) Duplicates++;
            else Reject(item.RejectConflict(domainEvent));
            return;
        }

        Verdict target = item.AwaitsLabel ? new Verdict(engine.Dimension) : verdict;
        engine.Score(domainEvent, target);
        var result = new ScoredEvent(domainEvent, target, LaneMap.LaneOf(domainEvent.Domain, domainEvent.PrimaryEntityId), ++seq);
        engine.Learn(in result);
        if (item.AwaitsLabel) awaitingLabel[domainEvent.EventUid] = result;
        results.Write(domainEvent, target);
        Volatile.Write(ref scored, scored + 1);
        if (target.IsAnomaly) Volatile.Write(ref flagged, flagged + 1);
    }

    private void Apply(Label label)
    {
        if (!awaitingLabel.Remove(label.EventUid, out ScoredEvent labelled)) return;
        engine.ApplyLabel(in labelled, label.IsFraud, null, ++seq);
        Labels++;
    }

    private void Reject(RejectedRecord rejected)
    {
        results.Reject(rejected);
        Rejected++;
    }
}
