using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Ecart.Streaming.Lanes;

namespace Ecart.Streaming.Cluster;

/// <summary>
/// Which node owns which lane, as a pure function of the nodes that live: every node finds the same without asking. Each lane goes to the node that ranks
/// highest for it and is not full, so that nodes own equally many, and few lanes move when a node comes or goes.
/// </summary>
/// <remarks>Rendezvous hashing (D. G. Thaler, C. V. Ravishankar, IEEE/ACM Trans. Networking 6(1), 1998) with a bound on the load.</remarks>
internal static class LaneAssignment
{
    /// <summary>The owner of each lane, as a position in <paramref name="nodes"/>; empty without nodes.</summary>
    public static int[] Make(IReadOnlyList<string> nodes)
    {
        if (nodes.Count == 0) return [];
        int most = (LaneMap.Count + nodes.Count - 1) / nodes.Count;
        var load = new int[nodes.Count];
        var owners = new int[LaneMap.Count];
        for (int lane = 0; lane < owners.Length; lane++)
        {
            int best = -1;
            ulong bestRank = 0;
            for (int node = 0; node < nodes.Count; node++)
            {
                if (load[node] == most) continue;
                ulong rank = RankOf(nodes[node], lane);
                if (best >= 0 && (rank < bestRank || (rank == bestRank && string.CompareOrdinal(nodes[node], nodes[best]) > 0))) continue;
                best = node;
                bestRank = rank;
            }

            owners[lane] = best;
            load[best]++;
        }

        return owners;
    }

    private static ulong RankOf(string node, int lane) =>
        XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{lane} {node}")));
}
