using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Ecart.Vectors.Neighbours;

/// <summary>
/// Offers panels to the queries of a block. Every distance is summed in one order, even dimensions and odd ones apart, whatever the width of the
/// processor's registers and however many queries share the pass: answers are the same to the bit.
/// </summary>
internal static class PanelScan
{
    /// <summary>Scans the panels from one number up to, not including, another.</summary>
    public static void Scan(RowPanels panels, int from, int to, ReadOnlySpan<float> queries, int queryCount, NearestBlock nearest)
    {
        ref float first = ref MemoryMarshal.GetReference(queries);
        int query = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            for (; query + 4 <= queryCount; query += 4) PanelScan512.Four(panels, from, to, ref first, query, nearest);
            for (; query < queryCount; query++) PanelScan512.One(panels, from, to, ref first, query, nearest);
        }
        else
        {
            for (; query + 4 <= queryCount; query += 4) PanelScan256.Four(panels, from, to, ref first, query, nearest);
            for (; query < queryCount; query++) PanelScan256.One(panels, from, to, ref first, query, nearest);
        }
    }
}
