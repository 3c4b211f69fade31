using Ecart.Events;

namespace Ecart.Streaming.Sources;

/// <summary>
/// Merges the truth that comes with events into the stream as labels, each when it becomes known: just before the first event whose time
/// has reached it. A label comes from the line of its event. Only confirmed fraud becomes a label, as in life. Deterministic.
/// </summary>
internal sealed class LabelledStream(ReplayLabels labels)
{
    private readonly PriorityQueue<ReplayItem, (DateTime KnownAt, long Order)> pending = new();
    private long order;
    private ReplayItem? waiting;

    /// <summary>Reads one event or rejected record, and since when it is known to be fraud; null when it is not or nobody will know.</summary>
    internal delegate bool TryReadLabelled(out ReplayItem item, out DateTime? fraudKnownAt);

    /// <summary>Labels that become known only after what was read.</summary>
    public int Pending => pending.Count;

    /// <summary>The time at which a label is known.</summary>
    public DateTime KnownAt(DateTime occurredAt, DateTime? told) => told ?? occurredAt + labels.Delay;

    /// <summary>Takes the next item.</summary>
    public bool TryRead(TryReadLabelled readNext, out ReplayItem item)
    {
        if (waiting is null && readNext(out ReplayItem next, out DateTime? fraudKnownAt))
        {
            bool awaitsLabel = labels.Apply && fraudKnownAt is not null && next.Event is not null;
            waiting = next with { AwaitsLabel = awaitsLabel };
            if (awaitsLabel && fraudKnownAt is { } knownAt && next.Event is { } labelled)
            {
                var label = new Label(labelled.Domain, labelled.EventUid, true, knownAt, "replay");
                pending.Enqueue(new ReplayItem(null, label, null, next.Origin, next.Line), (knownAt, order++));
            }
        }

        if (waiting is { } ready)
        {
            if (ready.Event is { } upcoming && TryTake(upcoming.OccurredAt, out item)) return true;
            item = ready;
            waiting = null;
            return true;
        }

        if (labels.ApplyRest && TryTake(DateTime.MaxValue, out item)) return true;
        item = default;
        return false;
    }

    private bool TryTake(DateTime now, out ReplayItem item)
    {
        item = default;
        if (!pending.TryPeek(out _, out (DateTime KnownAt, long) due) || due.KnownAt > now) return false;
        item = pending.Dequeue();
        return true;
    }
}
