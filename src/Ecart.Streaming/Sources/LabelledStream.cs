using Ecart.Events;

namespace Ecart.Streaming.Sources;

/// <summary>
/// Merges the truth that comes with events into the stream as labels, each when it becomes known: just before the first event whose time
/// has reached it. Deterministic.
/// </summary>
internal sealed class LabelledStream(TimeSpan labelDelay, bool applyRest)
{
    private readonly LabelSchedule schedule = new();
    private ReplayItem? waiting;

    /// <summary>Labels that became known only after the end of the stream.</summary>
    public int Pending => schedule.Count;

    /// <summary>Takes the next item, given a way to read the events.</summary>
    public bool TryRead(TryReadLabelled readNext, out ReplayItem item)
    {
        if (waiting is null && readNext(out ReplayItem next, out bool isFraud))
        {
            waiting = next;
            if (isFraud && next.Event is { } labelled)
                schedule.Add(new Label(labelled.Domain, labelled.EventUid, true, labelled.OccurredAt + labelDelay, "replay"));
        }

        if (waiting is { } ready)
        {
            if (ready.Event is { } upcoming && schedule.TryTake(upcoming.OccurredAt, out Label? known))
            {
                item = new ReplayItem(null, known, null, ready.Origin, ready.Line);
                return true;
            }

            item = ready;
            waiting = null;
            return true;
        }

        if (applyRest && schedule.TryTake(DateTime.MaxValue, out Label? rest))
        {
            item = new ReplayItem(null, rest, null, rest.Source, 0);
            return true;
        }

        item = default;
        return false;
    }

    /// <summary>Reads one event or rejected record, and whether the event is known to be fraud in the end.</summary>
    internal delegate bool TryReadLabelled(out ReplayItem item, out bool isFraud);
}
