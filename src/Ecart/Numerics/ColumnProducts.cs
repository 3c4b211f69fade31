using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ecart.Vectors;

namespace Ecart.Numerics;

/// <summary>
/// Sums of products of columns: tiles of four columns by two registers stay in registers over a block of rows, so that everything loaded is used often. The order of
/// additions is that of the rows, whatever the width of a register.
/// </summary>
/// <remarks>Compiled at once with all optimisation: it is called a few times with much work, and the runtime would else begin with slow code.</remarks>
internal static class ColumnProducts
{
    /// <summary>Rows of a block: few enough to stay in the fastest cache.</summary>
    public const int BlockRows = 64;

    private const int Together = 4;

    /// <summary>Columns with those that fill up the last tile.</summary>
    public static int Padded(int columns)
    {
        int multiple = Math.Max(Together, 2 * Vector<double>.Count);
        return (columns + multiple - 1) / multiple * multiple;
    }

    /// <summary>Copies rows, less a shift, to a block of padded rows, and adds them to the sums of the columns.</summary>
    /// <param name="rows">Where they are.</param>
    /// <param name="first">The first to copy.</param>
    /// <param name="shift">One a column.</param>
    /// <param name="block">Receives as many rows as it has room for; what fills them up stays as it is.</param>
    /// <param name="sums">One a column.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Load(Matrix rows, int first, ReadOnlySpan<double> shift, Span<double> block, Span<double> sums)
    {
        int stride = Padded(rows.Columns);
        for (int row = 0; row * stride < block.Length; row++)
        {
            ReadOnlySpan<float> values = rows.Row(first + row);
            Span<double> target = block.Slice(row * stride, values.Length);
            int column = 0;
            for (; column + Vector<float>.Count <= values.Length; column += Vector<float>.Count)
            {
                Vector.Widen(new Vector<float>(values[column..]), out Vector<double> low, out Vector<double> high);
                AddLoaded(low, column, shift, target, sums);
                AddLoaded(high, column + Vector<double>.Count, shift, target, sums);
            }

            for (; column < values.Length; column++) sums[column] += target[column] = values[column] - shift[column];
        }
    }

    /// <summary>Adds the products of the block's columns.</summary>
    /// <param name="block">Padded rows.</param>
    /// <param name="stride">Columns of a padded row.</param>
    /// <param name="products">stride × stride; what is above the diagonal may be left out.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(ReadOnlySpan<double> block, int stride, Span<double> products)
    {
        int width = stride / Vector<double>.Count;
        Span<Vector<double>> totals = MemoryMarshal.Cast<double, Vector<double>>(products);
        for (int left = 0; left < stride; left += Together)
        {
            for (int right = 0; right * Vector<double>.Count < left + Together; right += 2) AddTile(block, stride, left, right, totals[((left * width) + right)..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddLoaded(Vector<double> values, int column, ReadOnlySpan<double> shift, Span<double> target, Span<double> sums)
    {
        Vector<double> shifted = values - new Vector<double>(shift[column..]);
        shifted.CopyTo(target[column..]);
        (new Vector<double>(sums[column..]) + shifted).CopyTo(sums[column..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddTile(ReadOnlySpan<double> block, int stride, int left, int right, Span<Vector<double>> totals)
    {
        int width = stride / Vector<double>.Count;
        ReadOnlySpan<Vector<double>> lanes = MemoryMarshal.Cast<double, Vector<double>>(block);
        Vector<double> a = totals[0], b = totals[1], c = totals[width], d = totals[width + 1];
        Vector<double> e = totals[2 * width], f = totals[(2 * width) + 1], g = totals[3 * width], h = totals[(3 * width) + 1];
        for (int row = 0, lane = right; row < block.Length; row += stride, lane += width)
        {
            ReadOnlySpan<double> values = block.Slice(row + left, Together);
            Vector<double> low = lanes[lane], high = lanes[lane + 1], factor = new(values[0]);
            a = Vector.FusedMultiplyAdd(factor, low, a);
            b = Vector.FusedMultiplyAdd(factor, high, b);
            factor = new Vector<double>(values[1]);
            c = Vector.FusedMultiplyAdd(factor, low, c);
            d = Vector.FusedMultiplyAdd(factor, high, d);
            factor = new Vector<double>(values[2]);
            e = Vector.FusedMultiplyAdd(factor, low, e);
            f = Vector.FusedMultiplyAdd(factor, high, f);
            factor = new Vector<double>(values[3]);
            g = Vector.FusedMultiplyAdd(factor, low, g);
            h = Vector.FusedMultiplyAdd(factor, high, h);
        }

        (totals[0], totals[1], totals[width], totals[width + 1]) = (a, b, c, d);
        (totals[2 * width], totals[(2 * width) + 1], totals[3 * width], totals[(3 * width) + 1]) = (e, f, g, h);
    }
}
