using Ecart.MariaDb.Writing;

namespace Ecart.Streaming.Lanes;

/// <summary>Where each lane stands while its owner scores ahead of the commits. Not thread-safe: the scoring thread's.</summary>
internal sealed class LaneCursors
{
    private readonly long[] epochs = new long[LaneMap.Count];
    private readonly long[] submitted = new long[LaneMap.Count];
    private readonly long[] next = new long[LaneMap.Count];

    public LaneCursors(OwnedLanes acquired)
    {
        Part = acquired.Part;
        Owned = [.. acquired.Lanes.Select(lane => lane.Lane)];
        foreach (LanePosition lane in acquired.Lanes)
        {
            epochs[lane.Lane] = lane.Epoch;
            submitted[lane.Lane] = next[lane.Lane] = lane.Seq;
        }
    }

    /// <summary>The lanes, in ascending order.</summary>
    public IReadOnlyList<int> Owned { get; }

    /// <summary>The part of the shared counts that goes with the lanes.</summary>
    public StatePart Part { get; }

    /// <summary>Whether a lane is owned: another one has an owner elsewhere.</summary>
    public bool Owns(int lane) => epochs[lane] > 0;

    /// <summary>Takes the next place in a lane's log.</summary>
    public long Take(int lane) => ++next[lane];

    /// <summary>The advance of every owned lane since the last call; lanes that stand still too, so that each commit is fenced by all.</summary>
    public void AddAdvances(List<LaneAdvance> advances)
    {
        foreach (int lane in Owned)
        {
            advances.Add(new LaneAdvance(lane, epochs[lane], submitted[lane], next[lane]));
            submitted[lane] = next[lane];
        }
    }
}
