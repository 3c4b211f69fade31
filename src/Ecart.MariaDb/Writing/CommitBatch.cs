using System.Runtime.InteropServices;
using Ecart.Events;
using Ecart.Scoring;

namespace Ecart.MariaDb.Writing;

/// <summary>Everything that one transaction writes. Filled by the scorer, read by the committer, cleared and reused after the commit.</summary>
public sealed class CommitBatch
{
    /// <summary>Scored events, in lane order within each lane.</summary>
    public List<ScoredEvent> Events { get; } = [];

    /// <summary>Key of each event, see <see cref="UidHash"/>; as many as events.</summary>
    public List<UInt128> Keys { get; } = [];

    /// <summary>Labels applied.</summary>
    public List<LabelEntry> Labels { get; } = [];

    /// <summary>Records that cannot be events.</summary>
    public List<RejectedRecord> Rejected { get; } = [];

    /// <summary>How far each lane moves; the fence.</summary>
    public List<LaneAdvance> Lanes { get; } = [];

    /// <summary>How far each source is read.</summary>
    public List<SourceAdvance> Positions { get; } = [];

    /// <summary>State to keep with this batch, null for most batches.</summary>
    public StateCheckpoint? Checkpoint { get; set; }

    /// <summary>
    /// Whether no earlier batch that is still being written has a checkpoint: then this one's rows are nobody else's to change, and they load before its
    /// turn to commit comes.
    /// </summary>
    public bool IsCheckpointAlone { get; set; }

    /// <summary>
    /// Puts the events in the order of their table's primary key: rows that lie together then go in together, at less cost for the server. Within a
    /// lane nothing changes.
    /// </summary>
    public void SortByLog() =>
        CollectionsMarshal.AsSpan(Events).Sort(CollectionsMarshal.AsSpan(Keys), static (left, right) =>
            left.Lane != right.Lane ? left.Lane.CompareTo(right.Lane) : left.Seq.CompareTo(right.Seq));

    /// <summary>Empties the batch and keeps its memory.</summary>
    public void Clear()
    {
        Events.Clear();
        Keys.Clear();
        Labels.Clear();
        Rejected.Clear();
        Lanes.Clear();
        Positions.Clear();
        Checkpoint = null;
        IsCheckpointAlone = false;
    }
}
