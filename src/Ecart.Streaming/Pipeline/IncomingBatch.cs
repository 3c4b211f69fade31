using Ecart.MariaDb.Reading;
using Ecart.MariaDb.Writing;
using Ecart.Streaming.Sources;

namespace Ecart.Streaming.Pipeline;

/// <summary>Items read from a source, with what the store knows of them already.</summary>
internal sealed class IncomingBatch
{
    /// <summary>The items, in the source's order.</summary>
    public List<ReplayItem> Items { get; } = [];

    /// <summary>Hash of each item's uid; 0 for rejected records.</summary>
    public List<UInt128> Keys { get; } = [];

    /// <summary>Position of the source before the first item.</summary>
    public long FirstPosition { get; set; }

    /// <summary>Position of the source after the last item.</summary>
    public long NextPosition { get; set; }

    /// <summary>Which of the keys are stored, and where.</summary>
    public IReadOnlyDictionary<UInt128, EventKey> Stored { get; set; } = EmptyKeys;

    /// <summary>The stored events that this batch's labels speak of.</summary>
    public IReadOnlyDictionary<UInt128, LabelledEvent> Labelled { get; set; } = EmptyLabelled;

    private static readonly Dictionary<UInt128, EventKey> EmptyKeys = [];
    private static readonly Dictionary<UInt128, LabelledEvent> EmptyLabelled = [];

    /// <summary>
    /// Where to read on after so many items are done. A source that has failed stands still: then the batch is read again, and its events are known.
    /// </summary>
    public long PositionAfter(int done) => Math.Max(FirstPosition, Math.Min(FirstPosition + done, NextPosition));

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
}
