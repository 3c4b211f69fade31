using Ecart.MariaDb.Writing;

namespace Ecart.Streaming.Lanes;

/// <summary>Where each lane stands while its owner scores ahead of the commits. Not thread-safe: the scoring thread's.</summary>
internal sealed class LaneCursors
{
    private readonly long[] epochs = new long[LaneMap.Count];
    private readonly long[] submitted = new long[LaneMap.Count];
    private readonly long[] next = new long[LaneMap.Count];

    public LaneCursors(IReadOnlyList<LanePosition> acquired)
    {
        foreach (LanePosition lane in acquired)
        {
            epochs[lane.Lane] = lane.Epoch;
            submitted[lane.Lane] = next[lane.Lane] = lane.Seq;
        }
    }

    /// <summary>Takes the next place in a lane's log.</summary>
    public long Take(int lane) => ++next[lane];

    /// <summary>The advance of every lane since the last call; lanes that stand still too, so that each commit is fenced by all.</summary>
    public void AddAdvances(List<LaneAdvance> advances)
    {
        for (int lane = 0; lane < LaneMap.Count; lane++)
        {
            advances.Add(new LaneAdvance(lane, epochs[lane], submitted[lane], next[lane]));
            submitted[lane] = next[lane];
        }
    }
}
