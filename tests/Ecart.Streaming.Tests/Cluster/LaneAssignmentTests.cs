using CsCheck;
using Ecart.Streaming.Cluster;
using Ecart.Streaming.Lanes;
using Xunit;

namespace Ecart.Streaming.Tests.Cluster;

public sealed class LaneAssignmentTests
{
    private static readonly Gen<string[]> Nodes = Gen.Int[1, 60000].HashSet[1, 20].Select(ports => ports.Select(port => $"127.0.0.1:{port}@7").ToArray());

    [Fact]
    public void Make_AnyNodes_OwnEquallyManyLanes() => Nodes.Sample(
        nodes =>
        {
            int most = (LaneMap.Count + nodes.Length - 1) / nodes.Length;
            ILookup<int, int> byNode = LaneAssignment.Make(nodes).ToLookup(owner => owner);
            Assert.Equal(LaneMap.Count, byNode.Sum(lanes => lanes.Count()));
            Assert.All(byNode, lanes => Assert.InRange(lanes.Count(), 1, most));
        },
        seed: "0000KOIbCd64",
        iter: 200);

    [Fact]
    public void Make_NodesInAnotherOrder_GivesTheSameOwners() => Gen.Select(Nodes, Gen.Int).Sample(
        (nodes, seed) =>
        {
            string[] owners = [.. LaneAssignment.Make(nodes).Select(owner => nodes[owner])];
            string[] shuffled = [.. nodes];
            new Random(seed).Shuffle(shuffled);
            Assert.Equal(owners, LaneAssignment.Make(shuffled).Select(owner => shuffled[owner]));
        },
        seed: "0000KOIbCd64",
        iter: 200);

    [Fact]
    public void Make_NoNodes_IsEmpty() => Assert.Empty(LaneAssignment.Make([]));

    [Fact]
    public void Make_OneOfFourGone_MostOtherLanesStay()
    {
        string[] nodes = ["127.0.0.1:1@7", "127.0.0.1:2@7", "127.0.0.1:3@7", "127.0.0.1:4@7"];
        int[] before = LaneAssignment.Make(nodes);
        int[] after = LaneAssignment.Make(nodes[..3]);
        int stayed = Enumerable.Range(0, LaneMap.Count).Count(lane => before[lane] < 3 && before[lane] == after[lane]);
        Assert.InRange(stayed, 40, 48);
    }
}
