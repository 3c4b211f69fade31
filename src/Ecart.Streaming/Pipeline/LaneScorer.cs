using Ecart.Events;
using Ecart.MariaDb.Reading;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;
using Ecart.Streaming.Lanes;
using Ecart.Streaming.Sources;

namespace Ecart.Streaming.Pipeline;

/// <summary>
/// Turns incoming items into log entries: refuses what is known already, gives each entry its lane and place, scores events, applies labels.
/// Not thread-safe: the scoring thread's.
/// </summary>
internal sealed class LaneScorer(IDomainEngine engine, LaneCursors lanes, int batchesRemembered)
{
    private readonly RecentKeys<ulong> recentEvents = new(batchesRemembered);
    private readonly RecentKeys<bool> recentLabels = new(batchesRemembered);

    /// <summary>Processes items from a position on.</summary>
    /// <returns>
    /// The position to go on from: the number of items when all are done, else that of a label whose event is not committed yet. Then commit what
    /// there is, look the event up, and call again.
    /// </returns>
    public int Process(IncomingBatch incoming, int from, OutgoingBatch outgoing)
    {
        for (int i = from; i < incoming.Items.Count; i++)
        {
            ReplayItem item = incoming.Items[i];
            if (item.Event is { } domainEvent) ProcessEvent(domainEvent, in item, incoming.Keys[i], incoming, outgoing);
            else if (item.Rejected is { } rejected) Reject(rejected, outgoing);
            else if (!TryApply(item.Label!, in item, incoming.Keys[i], incoming, outgoing)) return i;
        }

        return incoming.Items.Count;
    }

    /// <summary>Call after each batch that was submitted.</summary>
    public void EndBatch()
    {
        recentEvents.EndBatch();
        recentLabels.EndBatch();
    }

    private void ProcessEvent(DomainEvent domainEvent, in ReplayItem item, UInt128 key, IncomingBatch incoming, OutgoingBatch outgoing)
    {
        ulong content = domainEvent.ContentHash;
        if (incoming.Stored.TryGetValue(key, out EventKey stored))
        {
            Repeat(domainEvent, in item, stored.ContentHash == content, outgoing);
            return;
        }

        if (recentEvents.TryGet(key, out ulong recent))
        {
            Repeat(domainEvent, in item, recent == content, outgoing);
            return;
        }

        recentEvents.Set(key, content);
        int lane = LaneMap.LaneOf(domainEvent.Domain, domainEvent.PrimaryEntityId);
        Verdict verdict = outgoing.RentVerdict();
        engine.Score(domainEvent, verdict);
        var scored = new ScoredEvent(domainEvent, verdict, lane, lanes.Take(lane));
        engine.Learn(in scored);
        outgoing.Commit.Events.Add(scored);
        outgoing.Commit.Keys.Add(key);
        outgoing.Tally.Count(verdict);
    }

    private static void Repeat(DomainEvent domainEvent, in ReplayItem item, bool isSame, OutgoingBatch outgoing)
    {
        if (isSame)
        {
            outgoing.Tally.Duplicates++;
            return;
        }

        Reject(
            new RejectedRecord(
                item.Origin,
                0,
                item.Line,
                domainEvent.Domain,
                domainEvent.EventUid,
                RejectReason.ConflictingDuplicate,
                "uid",
                domainEvent.EventUid,
                $"Line {item.Line}: uid '{domainEvent.EventUid}' is known with other content: the first event stands. Give the new event a uid of its own.",
                ReadOnlyMemory<byte>.Empty),
            outgoing);
    }

    private bool TryApply(Label label, in ReplayItem item, UInt128 key, IncomingBatch incoming, OutgoingBatch outgoing)
    {
        if (!incoming.Labelled.TryGetValue(key, out LabelledEvent? labelled))
        {
            if (recentEvents.TryGet(key, out _)) return false;
            Reject(Unknown(label, in item), outgoing);
            return true;
        }

        bool? previous = recentLabels.TryGet(key, out bool recent) ? recent : labelled.Label;
        ScoredEvent target = labelled.Event;
        long seq = lanes.Take(target.Lane);
        engine.ApplyLabel(in target, label.IsFraud, previous, seq);
        recentLabels.Set(key, label.IsFraud);
        outgoing.Commit.Labels.Add(new LabelEntry(label, target.Lane, seq, target.Seq, target.Event.OccurredAt, previous));
        outgoing.Tally.Labels++;
        return true;
    }

    private static void Reject(RejectedRecord rejected, OutgoingBatch outgoing)
    {
        outgoing.Commit.Rejected.Add(rejected);
        outgoing.Tally.Rejected++;
    }

    private static RejectedRecord Unknown(Label label, in ReplayItem item) => new(
        item.Origin,
        0,
        item.Line,
        label.Domain,
        label.EventUid,
        RejectReason.UnknownEvent,
        "uid",
        label.EventUid,
        $"The label for uid '{label.EventUid}' speaks of an event that is not in the store. Replay the event first, or correct the uid.",
        ReadOnlyMemory<byte>.Empty);
}
