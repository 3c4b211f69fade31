using System.Diagnostics.CodeAnalysis;
using Ecart.Events;

namespace Ecart.Streaming.Sources;

/// <summary>Labels that are not known yet, handed out when the stream's event time reaches the moment at which they are.</summary>
internal sealed class LabelSchedule
{
    private readonly PriorityQueue<Label, (DateTime KnownAt, long Order)> pending = new();
    private long order;

    public int Count => pending.Count;

    public void Add(Label label) => pending.Enqueue(label, (label.KnownAt, order++));

    /// <summary>Takes the next label known at a time.</summary>
    public bool TryTake(DateTime now, [NotNullWhen(true)] out Label? label)
    {
        if (pending.TryPeek(out label, out (DateTime KnownAt, long) due) && due.KnownAt <= now)
        {
            pending.Dequeue();
            return true;
        }

        label = null;
        return false;
    }
}
