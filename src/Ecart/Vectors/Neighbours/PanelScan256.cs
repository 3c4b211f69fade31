using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ecart.Vectors.Neighbours;

/// <summary>The scan in registers of 8 floats, each half of a panel after the other. See <see cref="PanelScan"/>.</summary>
internal static class PanelScan256
{
    private const int HalfWidth = RowPanels.Width / 2;

    /// <summary>One query: two chains of sums keep up with memory.</summary>
    public static void One(RowPanels panels, int from, int to, ref float queries, int query, NearestBlock nearest)
    {
        nint dimension = panels.Dimension;
        ref float values = ref Unsafe.Add(ref queries, query * dimension);
        Span<float> lanes = stackalloc float[HalfWidth];
        for (int half = from * 2; half < to * 2; half++)
        {
            ref float rows = ref Unsafe.Add(ref panels.Panel(half / 2), half % 2 * HalfWidth);
            Vector256<float> even = Vector256<float>.Zero, odd = Vector256<float>.Zero;
            nint i = 0;
            for (; i + 2 <= dimension; i += 2)
            {
                even = Add(Load(ref rows, i), ref values, i, even);
                odd = Add(Load(ref rows, i + 1), ref values, i + 1, odd);
            }

            if (i < dimension) even = Add(Load(ref rows, i), ref values, i, even);
            Offer(query, even + odd, half, lanes, nearest);
        }
    }

    /// <summary>Four queries share what is read of a panel.</summary>
    public static void Four(RowPanels panels, int from, int to, ref float queries, int query, NearestBlock nearest)
    {
        nint dimension = panels.Dimension;
        ref float first = ref Unsafe.Add(ref queries, query * dimension);
        ref float second = ref Unsafe.Add(ref first, dimension);
        ref float third = ref Unsafe.Add(ref second, dimension);
        ref float fourth = ref Unsafe.Add(ref third, dimension);
        Span<float> lanes = stackalloc float[HalfWidth];
        for (int half = from * 2; half < to * 2; half++)
        {
            ref float rows = ref Unsafe.Add(ref panels.Panel(half / 2), half % 2 * HalfWidth);
            Vector256<float> even1 = Vector256<float>.Zero, even2 = even1, even3 = even1, even4 = even1;
            Vector256<float> odd1 = even1, odd2 = even1, odd3 = even1, odd4 = even1;
            nint i = 0;
            for (; i + 2 <= dimension; i += 2)
            {
                Vector256<float> row = Load(ref rows, i);
                even1 = Add(row, ref first, i, even1);
                even2 = Add(row, ref second, i, even2);
                even3 = Add(row, ref third, i, even3);
                even4 = Add(row, ref fourth, i, even4);
                row = Load(ref rows, i + 1);
                odd1 = Add(row, ref first, i + 1, odd1);
                odd2 = Add(row, ref second, i + 1, odd2);
                odd3 = Add(row, ref third, i + 1, odd3);
                odd4 = Add(row, ref fourth, i + 1, odd4);
            }

            if (i < dimension)
            {
                Vector256<float> row = Load(ref rows, i);
                even1 = Add(row, ref first, i, even1);
                even2 = Add(row, ref second, i, even2);
                even3 = Add(row, ref third, i, even3);
                even4 = Add(row, ref fourth, i, even4);
            }

            Offer(query, even1 + odd1, half, lanes, nearest);
            Offer(query + 1, even2 + odd2, half, lanes, nearest);
            Offer(query + 2, even3 + odd3, half, lanes, nearest);
            Offer(query + 3, even4 + odd4, half, lanes, nearest);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Load(ref float rows, nint dimension) => Vector256.LoadUnsafe(ref rows, (nuint)(dimension * RowPanels.Width));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Add(Vector256<float> row, ref float query, nint dimension, Vector256<float> sum)
    {
        Vector256<float> difference = row - Vector256.Create(Unsafe.Add(ref query, dimension));
        return Vector256.FusedMultiplyAdd(difference, difference, sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Offer(int query, Vector256<float> squaredDistances, int half, Span<float> lanes, NearestBlock nearest)
    {
        uint near = Vector256.LessThan(squaredDistances, Vector256.Create(nearest.Limit(query))).ExtractMostSignificantBits();
        if (near == 0) return;
        squaredDistances.CopyTo(lanes);
        nearest.Take(query, near, lanes, half * HalfWidth);
    }
}
