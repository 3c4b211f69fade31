using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ecart.Numerics;

/// <summary>
/// Coordinates of many vectors along many axes: axes side by side in the lanes of two registers, four vectors at a time, so that everything loaded is used often.
/// </summary>
/// <remarks>Compiled at once with all optimisation: it is called a few times with much work, and the runtime would else begin with slow code.</remarks>
internal static class AxisProjection
{
    /// <summary>Vectors that are projected together; a block holds a multiple of it.</summary>
    public const int Together = 4;

    /// <summary>Axes with those that fill up the last registers.</summary>
    public static int Padded(int count)
    {
        int multiple = 2 * Vector<double>.Count;
        return (count + multiple - 1) / multiple * multiple;
    }

    /// <summary>Lays axes side by side.</summary>
    /// <param name="axes">Axes of length d, row after row.</param>
    /// <param name="count">How many.</param>
    /// <returns>d rows of <see cref="Padded"/> values.</returns>
    public static double[] Transpose(ReadOnlySpan<double> axes, int count)
    {
        int d = count == 0 ? 0 : axes.Length / count;
        int padded = Padded(count);
        var transposed = new double[d * padded];
        for (int axis = 0; axis < count; axis++)
        {
            for (int j = 0; j < d; j++) transposed[(j * padded) + axis] = axes[(axis * d) + j];
        }

        return transposed;
    }

    /// <summary>Projects a block.</summary>
    /// <param name="vectors">Vectors of length d, row after row; a multiple of <see cref="Together"/>.</param>
    /// <param name="d">Their length.</param>
    /// <param name="axes">What <see cref="Transpose"/> made.</param>
    /// <param name="coordinates">Receives <see cref="Padded"/> values a vector.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Project(ReadOnlySpan<double> vectors, int d, ReadOnlySpan<double> axes, Span<double> coordinates)
    {
        if (axes.IsEmpty) return;
        int width = axes.Length / d / Vector<double>.Count;
        ReadOnlySpan<Vector<double>> lanes = MemoryMarshal.Cast<double, Vector<double>>(axes);
        Span<Vector<double>> results = MemoryMarshal.Cast<double, Vector<double>>(coordinates);
        for (; !vectors.IsEmpty; vectors = vectors[(Together * d)..], results = results[(Together * width)..])
        {
            for (int lane = 0; lane < width; lane += 2) ProjectFour(vectors[..(Together * d)], lanes[lane..], width, results[lane..]);
        }
    }

    /// <summary>Projects one vector; the coordinates are those that it has in a block, to the last bit.</summary>
    /// <param name="vector">Of length d.</param>
    /// <param name="axes">What <see cref="Transpose"/> made.</param>
    /// <param name="coordinates">Receives <see cref="Padded"/> values.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ProjectOne(ReadOnlySpan<double> vector, ReadOnlySpan<double> axes, Span<double> coordinates)
    {
        ReadOnlySpan<Vector<double>> lanes = MemoryMarshal.Cast<double, Vector<double>>(axes);
        Span<Vector<double>> results = MemoryMarshal.Cast<double, Vector<double>>(coordinates);
        for (int first = 0; first < results.Length; first += 2)
        {
            Vector<double> low = Vector<double>.Zero, high = low;
            for (int j = 0, lane = first; j < vector.Length; j++, lane += results.Length)
            {
                var value = new Vector<double>(vector[j]);
                low = Vector.FusedMultiplyAdd(lanes[lane], value, low);
                high = Vector.FusedMultiplyAdd(lanes[lane + 1], value, high);
            }

            (results[first], results[first + 1]) = (low, high);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ProjectFour(ReadOnlySpan<double> vectors, ReadOnlySpan<Vector<double>> lanes, int width, Span<Vector<double>> results)
    {
        int d = vectors.Length / Together;
        ReadOnlySpan<double> first = vectors[..d];
        ReadOnlySpan<double> second = vectors.Slice(d, d);
        ReadOnlySpan<double> third = vectors.Slice(2 * d, d);
        ReadOnlySpan<double> fourth = vectors.Slice(3 * d, d);
        Vector<double> a = Vector<double>.Zero, b = a, c = a, e = a, f = a, g = a, h = a, i = a;
        for (int j = 0, lane = 0; j < first.Length; j++, lane += width)
        {
            Vector<double> low = lanes[lane], high = lanes[lane + 1], value = new(first[j]);
            a = Vector.FusedMultiplyAdd(low, value, a);
            b = Vector.FusedMultiplyAdd(high, value, b);
            value = new Vector<double>(second[j]);
            c = Vector.FusedMultiplyAdd(low, value, c);
            e = Vector.FusedMultiplyAdd(high, value, e);
            value = new Vector<double>(third[j]);
            f = Vector.FusedMultiplyAdd(low, value, f);
            g = Vector.FusedMultiplyAdd(high, value, g);
            value = new Vector<double>(fourth[j]);
            h = Vector.FusedMultiplyAdd(low, value, h);
            i = Vector.FusedMultiplyAdd(high, value, i);
        }

        (results[0], results[1], results[width], results[width + 1]) = (a, b, c, e);
        (results[2 * width], results[(2 * width) + 1], results[3 * width], results[(3 * width) + 1]) = (f, g, h, i);
    }
}
