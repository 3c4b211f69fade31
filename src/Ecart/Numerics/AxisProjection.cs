using System.Numerics;
using System.Runtime.InteropServices;

namespace Ecart.Numerics;

/// <summary>Coordinates of many vectors along many axes: vectors side by side in the lanes of a register, four axes at a time, so that everything loaded is used often.</summary>
internal static class AxisProjection
{
    /// <summary>Vectors of a block; a multiple of every register's width.</summary>
    public const int Block = 64;

    private const int Together = 4;

    /// <summary>Projects a block.</summary>
    /// <param name="columns">d columns of <see cref="Block"/> values: value j of vector i at j · Block + i.</param>
    /// <param name="axes">Axes of length d, row after row.</param>
    /// <param name="coordinates">Receives one column an axis, in the same form.</param>
    public static void Project(ReadOnlySpan<double> columns, ReadOnlySpan<double> axes, Span<double> coordinates)
    {
        int d = columns.Length / Block;
        int count = coordinates.Length / Block;
        ReadOnlySpan<Vector<double>> lanes = MemoryMarshal.Cast<double, Vector<double>>(columns);
        Span<Vector<double>> results = MemoryMarshal.Cast<double, Vector<double>>(coordinates);
        int stride = Block / Vector<double>.Count;
        int axis = 0;
        for (; axis + Together <= count; axis += Together)
        {
            for (int lane = 0; lane < stride; lane++)
                ProjectFour(lanes[lane..], axes.Slice(axis * d, Together * d), stride, results[((axis * stride) + lane)..]);
        }

        for (; axis < count; axis++)
        {
            ReadOnlySpan<double> values = axes.Slice(axis * d, d);
            for (int lane = 0; lane < stride; lane++)
            {
                Vector<double> sum = Vector<double>.Zero;
                for (int j = 0; j < values.Length; j++) sum = Vector.FusedMultiplyAdd(lanes[(j * stride) + lane], new Vector<double>(values[j]), sum);
                results[(axis * stride) + lane] = sum;
            }
        }
    }

    private static void ProjectFour(ReadOnlySpan<Vector<double>> lanes, ReadOnlySpan<double> axes, int stride, Span<Vector<double>> results)
    {
        int d = axes.Length / Together;
        ReadOnlySpan<double> first = axes[..d];
        ReadOnlySpan<double> second = axes.Slice(d, d);
        ReadOnlySpan<double> third = axes.Slice(2 * d, d);
        ReadOnlySpan<double> fourth = axes.Slice(3 * d, d);
        Vector<double> a = Vector<double>.Zero, b = a, c = a, e = a;
        for (int j = 0; j < first.Length; j++)
        {
            Vector<double> values = lanes[j * stride];
            a = Vector.FusedMultiplyAdd(values, new Vector<double>(first[j]), a);
            b = Vector.FusedMultiplyAdd(values, new Vector<double>(second[j]), b);
            c = Vector.FusedMultiplyAdd(values, new Vector<double>(third[j]), c);
            e = Vector.FusedMultiplyAdd(values, new Vector<double>(fourth[j]), e);
        }

        results[3 * stride] = e;
        results[2 * stride] = c;
        results[stride] = b;
        results[0] = a;
    }
}
