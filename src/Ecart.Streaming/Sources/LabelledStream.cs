using Ecart.Events;

namespace Ecart.Streaming.Sources;

/// <summary>
/// Merges the truth that comes with events into the stream as labels, each when it becomes known: just before the first event whose time
/// has reached it. Only confirmed fraud becomes a label, as in life. Deterministic.
/// </summary>
internal sealed class LabelledStream(ReplayLabels labels)
{
    private readonly PriorityQueue<Label, (DateTime KnownAt, long Order)> pending = new();
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
            waiting = next;
            if (labels.Apply && fraudKnownAt is { } knownAt && next.Event is { } labelled)
                pending.Enqueue(new Label(labelled.Domain, labelled.EventUid, true, knownAt, "replay"), (knownAt, order++));
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
        if (!pending.TryPeek(out Label? label, out (DateTime KnownAt, long) due) || due.KnownAt > now) return false;
        pending.Dequeue();
        item = new ReplayItem(null, label, null, label.Source, 0);
        return true;
    }
}
