using Ecart.Events;
using Ecart.MariaDb.Reading;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;
using Ecart.Streaming.Lanes;
using Ecart.Streaming.Live;
using Ecart.Streaming.Sources;

namespace Ecart.Streaming.Pipeline;

/// <summary>
/// Turns incoming items into log entries: refuses what is known already, gives each entry its lane and place, scores events, applies labels.
/// Not thread-safe: the scoring thread's.
/// </summary>
internal sealed class LaneScorer(IDomainEngine engine, LaneCursors lanes, RefusedEvents refused, int batchesRemembered)
{
    private readonly RecentKeys<ulong> recentEvents = new(batchesRemembered);
    private readonly RecentKeys<bool> recentLabels = new(batchesRemembered);

    /// <summary>Processes items from a position on.</summary>
    /// <returns>
    /// The position to go on from: the number of items when all are done, else that of a label whose event is not committed yet. Then commit what
    /// there is unless it is committed by now, look the event up, and call again.
    /// </returns>
    public int Process(IncomingBatch incoming, int from, OutgoingBatch outgoing)
    {
        for (int i = from; i < incoming.Items.Count; i++)
        {
            ReplayItem item = incoming.Items[i];
            IReceipt? receipt = incoming.ReceiptOf(i);
            if (item.Event is { } domainEvent) ProcessEvent(domainEvent, in item, incoming.Keys[i], receipt, incoming, outgoing);
            else if (item.Rejected is { } rejected) Reject(rejected, receipt, outgoing);
            else if (!TryApply(item.Label!, in item, incoming.Keys[i], receipt, incoming, outgoing)) return i;
        }

        return incoming.Items.Count;
    }

    /// <summary>
    /// Call after each incoming batch, however many transactions it became: look-ups run ahead by incoming batches, and what they missed must be
    /// remembered until then.
    /// </summary>
    public void EndBatch()
    {
        recentEvents.EndBatch();
        recentLabels.EndBatch();
    }

    private void ProcessEvent(DomainEvent domainEvent, in ReplayItem item, UInt128 key, IReceipt? receipt, IncomingBatch incoming, OutgoingBatch outgoing)
    {
        ulong content = domainEvent.ContentHash;
        int lane = LaneMap.LaneOf(domainEvent.Domain, domainEvent.PrimaryEntityId);
        if (!lanes.Owns(lane) || receipt is { IsWithdrawn: true })
        {
            outgoing.TellElsewhere(receipt, lane);
            return;
        }

        if (incoming.Stored.TryGetValue(key, out EventKey stored))
        {
            Repeat(domainEvent, in item, stored.ContentHash == content, receipt, outgoing);
            return;
        }

        if (recentEvents.TryGet(key, out ulong recent))
        {
            Repeat(domainEvent, in item, recent == content, receipt, outgoing);
            return;
        }

        if (refused.Find(key, content) is { } refusal)
        {
            Reject(Refused(refusal, in item), receipt, outgoing);
            return;
        }

        recentEvents.Set(key, content);
        Verdict verdict = outgoing.RentVerdict();
        engine.Score(domainEvent, verdict);
        var scored = new ScoredEvent(domainEvent, verdict, lane, lanes.Take(lane));
        engine.Learn(in scored);
        outgoing.Commit.Events.Add(scored);
        outgoing.Commit.Keys.Add(key);
        outgoing.Tally.Count(verdict, domainEvent.OccurredAt);
        outgoing.TellStored(receipt, in scored);
    }

    private static void Repeat(DomainEvent domainEvent, in ReplayItem item, bool isSame, IReceipt? receipt, OutgoingBatch outgoing)
    {
        if (isSame)
        {
            outgoing.Tally.Duplicates++;
            outgoing.TellKnown(receipt);
            return;
        }

        Reject(item.RejectConflict(domainEvent), receipt, outgoing);
    }

    private bool TryApply(Label label, in ReplayItem item, UInt128 key, IReceipt? receipt, IncomingBatch incoming, OutgoingBatch outgoing)
    {
        if (!incoming.Labelled.TryGetValue(key, out LabelledEvent? labelled))
        {
            if (recentEvents.TryGet(key, out _)) return false;
            if (item.EventLane is { } eventLane)
            {
                // The event was handed in before and had to go elsewhere: its label goes after it.
                outgoing.TellElsewhere(receipt, eventLane);
                return true;
            }

            Reject(Unknown(label, in item), receipt, outgoing);
            return true;
        }

        if (!lanes.Owns(labelled.Event.Lane) || receipt is { IsWithdrawn: true })
        {
            outgoing.TellElsewhere(receipt, labelled.Event.Lane);
            return true;
        }

        bool? previous = recentLabels.TryGet(key, out bool recent) ? recent : labelled.Label;
        if (previous == label.IsFraud)
        {
            // Said before, or read again: labels have no uid by which to tell.
            outgoing.Tally.Duplicates++;
            outgoing.TellKnown(receipt);
            return true;
        }

        ScoredEvent target = labelled.Event;
        long seq = lanes.Take(target.Lane);
        engine.ApplyLabel(in target, label.IsFraud, previous, seq);
        recentLabels.Set(key, label.IsFraud);
        outgoing.Commit.Labels.Add(new LabelEntry(label, target.Lane, seq, target.Seq, target.Event.OccurredAt, previous));
        outgoing.Tally.Labels++;
        outgoing.TellApplied(receipt);
        return true;
    }

    private static void Reject(RejectedRecord rejected, IReceipt? receipt, OutgoingBatch outgoing)
    {
        outgoing.TellRejected(receipt, rejected);
        outgoing.Commit.Rejected.Add(rejected);
        outgoing.Tally.Rejected++;
    }

    private static RejectedRecord Refused(RefusedEvent refusal, in ReplayItem item) => new(
        item.Origin,
        item.Partition ?? 0,
        item.Line,
        refusal.Event.Domain,
        refusal.Event.EventUid,
        RejectReason.RefusedByStore,
        null,
        null,
        $"The server refused event '{refusal.Event.EventUid}': {refusal.Fault}. Correct the field it names and send the event again.",
        refusal.Row);

    private static RejectedRecord Unknown(Label label, in ReplayItem item) => new(
        item.Origin,
        item.Partition ?? 0,
        item.Line,
        label.Domain,
        label.EventUid,
        RejectReason.UnknownEvent,
        "uid",
        label.EventUid,
        $"The label for uid '{label.EventUid}' speaks of an event that is not in the store. Replay the event first, or correct the uid.",
        ReadOnlyMemory<byte>.Empty);
}
