using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Ecart.Vectors.Neighbours;

/// <summary>Squared distances of one vector to every row, summed in the order of <see cref="PanelScan"/>.</summary>
internal static class PanelDistances
{
    /// <param name="panels">The rows.</param>
    /// <param name="query">A vector of their dimension.</param>
    /// <param name="squared">One place for each lane of each panel; +∞ where no row is.</param>
    public static void Compute(RowPanels panels, ReadOnlySpan<float> query, Span<float> squared)
    {
        ref float values = ref MemoryMarshal.GetReference(query);
        ref float destination = ref MemoryMarshal.GetReference(squared[..(panels.Panels * RowPanels.Width)]);
        int half = RowPanels.Width / 2;
        for (int panel = 0; panel < panels.Panels; panel++)
        {
            ref float rows = ref panels.Panel(panel);
            Vector256<float> even1 = Vector256<float>.Zero, even2 = even1, odd1 = even1, odd2 = even1;
            nuint i = 0;
            for (; i + 2 <= (nuint)query.Length; i += 2)
            {
                even1 = Add(ref rows, i * RowPanels.Width, ref values, i, even1);
                even2 = Add(ref rows, (i * RowPanels.Width) + (nuint)half, ref values, i, even2);
                odd1 = Add(ref rows, (i + 1) * RowPanels.Width, ref values, i + 1, odd1);
                odd2 = Add(ref rows, ((i + 1) * RowPanels.Width) + (nuint)half, ref values, i + 1, odd2);
            }

            if (i < (nuint)query.Length)
            {
                even1 = Add(ref rows, i * RowPanels.Width, ref values, i, even1);
                even2 = Add(ref rows, (i * RowPanels.Width) + (nuint)half, ref values, i, even2);
            }

            (even1 + odd1).StoreUnsafe(ref destination, (nuint)(panel * RowPanels.Width));
            (even2 + odd2).StoreUnsafe(ref destination, (nuint)((panel * RowPanels.Width) + half));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Add(ref float rows, nuint position, ref float query, nuint dimension, Vector256<float> sum)
    {
        Vector256<float> difference = Vector256.LoadUnsafe(ref rows, position) - Vector256.Create(Unsafe.Add(ref query, dimension));
        return Vector256.FusedMultiplyAdd(difference, difference, sum);
    }
}
