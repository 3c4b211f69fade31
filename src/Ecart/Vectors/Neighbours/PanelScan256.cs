using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ecart.Vectors.Neighbours;

/// <summary>The scan in registers of 8 floats, each half of a panel after the other. See <see cref="PanelScan"/>.</summary>
/// <remarks>Optimised at once: tiered compilation was measured to make four queries at a time take more than twice as long.</remarks>
internal static class PanelScan256
{
    private const int HalfWidth = RowPanels.Width / 2;

    /// <summary>One query: two chains of sums keep up with memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
            even += odd;
            uint near = Near(even, nearest.Limit(query));
            if (near == 0) continue;
            even.CopyTo(lanes);
            nearest.Take(query, near, lanes, half * HalfWidth);
        }
    }

    /// <summary>Four queries share what is read of a panel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Four(RowPanels panels, int from, int to, ref float queries, int query, NearestBlock nearest)
    {
        nint dimension = panels.Dimension;
        ref float first = ref Unsafe.Add(ref queries, query * dimension);
        ref float second = ref Unsafe.Add(ref first, dimension);
        ref float third = ref Unsafe.Add(ref second, dimension);
        ref float fourth = ref Unsafe.Add(ref third, dimension);
        Span<float> lanes = stackalloc float[4 * HalfWidth];
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

            // Everything is in memory before the first call: sums that live across a call would be spilt in the loop above.
            even1 += odd1;
            even2 += odd2;
            even3 += odd3;
            even4 += odd4;
            uint near1 = Near(even1, nearest.Limit(query)), near2 = Near(even2, nearest.Limit(query + 1));
            uint near3 = Near(even3, nearest.Limit(query + 2)), near4 = Near(even4, nearest.Limit(query + 3));
            if ((near1 | near2 | near3 | near4) == 0) continue;
            even1.CopyTo(lanes);
            even2.CopyTo(lanes[HalfWidth..]);
            even3.CopyTo(lanes[(2 * HalfWidth)..]);
            even4.CopyTo(lanes[(3 * HalfWidth)..]);
            int position = half * HalfWidth;
            if (near1 != 0) nearest.Take(query, near1, lanes, position);
            if (near2 != 0) nearest.Take(query + 1, near2, lanes[HalfWidth..], position);
            if (near3 != 0) nearest.Take(query + 2, near3, lanes[(2 * HalfWidth)..], position);
            if (near4 != 0) nearest.Take(query + 3, near4, lanes[(3 * HalfWidth)..], position);
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

    /// <summary>A bit for each lane that is nearer than the limit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Near(Vector256<float> squaredDistances, float limit) =>
        Vector256.LessThan(squaredDistances, Vector256.Create(limit)).ExtractMostSignificantBits();
}
