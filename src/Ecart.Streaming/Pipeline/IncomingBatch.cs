using System.Runtime.InteropServices;
using Ecart.MariaDb.Reading;
using Ecart.MariaDb.Writing;
using Ecart.Streaming.Live;
using Ecart.Streaming.Sources;

namespace Ecart.Streaming.Pipeline;

/// <summary>Items read from sources, with what the store knows of them already.</summary>
/// <param name="capacity">Items to make room for.</param>
internal sealed class IncomingBatch(int capacity = 0)
{
    private static readonly Dictionary<UInt128, EventKey> EmptyKeys = [];
    private static readonly Dictionary<UInt128, LabelledEvent> EmptyLabelled = [];
    private readonly List<(SourcePosition? Position, IReceipt? Receipt)> origins = [];

    /// <summary>The items, in the order in which they are processed.</summary>
    public List<ReplayItem> Items { get; } = new(capacity);

    /// <summary>Hash of each item's uid; 0 for rejected records.</summary>
    public List<UInt128> Keys { get; } = new(capacity);

    /// <summary>Name of the one source of a replay; null when items have positions of their own.</summary>
    public string? Source { get; init; }

    /// <summary>Position of the one source before the first item.</summary>
    public long FirstPosition { get; init; }

    /// <summary>Position of the one source after the last item.</summary>
    public long NextPosition { get; set; }

    /// <summary>Items that are durable, from the first on.</summary>
    public int Durable { get; set; }

    /// <summary>Number of the run under which it was looked up: a later one knows nothing of the events that were in flight then.</summary>
    public int LookedUpIn { get; set; }

    /// <summary>Which of the keys are stored, and where.</summary>
    public IReadOnlyDictionary<UInt128, EventKey> Stored { get; set; } = EmptyKeys;

    /// <summary>The stored events that this batch's labels speak of.</summary>
    public IReadOnlyDictionary<UInt128, LabelledEvent> Labelled { get; set; } = EmptyLabelled;

    /// <summary>Whom to tell of an item.</summary>
    public IReceipt? ReceiptOf(int item) => origins.Count > item ? origins[item].Receipt : null;

    /// <summary>Tells everyone whose item did not become durable.</summary>
    public void Abandon(Exception cause)
    {
        for (int i = Durable; i < Items.Count; i++) ReceiptOf(i)?.Abandoned(cause);
    }

    /// <summary>
    /// Adds where to read on once the items from one to before another are durable. The source of a replay that has failed stands still: then the batch
    /// is read again, and its events are known.
    /// </summary>
    public void AddAdvances(int from, int to, List<SourceAdvance> advances)
    {
        if (Source is not null)
        {
            advances.Add(new SourceAdvance(Source, 0, Math.Max(FirstPosition, Math.Min(FirstPosition + to, NextPosition))));
            return;
        }

        for (int i = from; i < to; i++)
        {
            if (origins[i].Position is { } position) Advance(advances, in position);
        }
    }

    /// <summary>Adds an item of the one source.</summary>
    public void Add(in ReplayItem item)
    {
        Items.Add(item);
        Keys.Add(item switch
        {
            { Event: { } scored } => UidHash.Compute(scored.Domain, scored.EventUid),
            { Label: { } label } => UidHash.Compute(label.Domain, label.EventUid),
            _ => UInt128.Zero,
        });
    }

    /// <summary>Adds an item with its own position and receipt.</summary>
    public void Add(in IntakeItem item)
    {
        Add(item.Item);
        if (origins.Count == 0) origins.EnsureCapacity(Items.Capacity);
        origins.Add((item.Position, item.Receipt));
    }

    /// <summary>A batch speaks of few partitions, however many items it has.</summary>
    private static void Advance(List<SourceAdvance> advances, in SourcePosition position)
    {
        foreach (ref SourceAdvance advance in CollectionsMarshal.AsSpan(advances))
        {
            if (advance.Partition != position.Partition || advance.Source != position.Source) continue;
            if (advance.NextOffset < position.NextOffset) advance = new SourceAdvance(position.Source, position.Partition, position.NextOffset);
            return;
        }

        advances.Add(new SourceAdvance(position.Source, position.Partition, position.NextOffset));
    }
}
