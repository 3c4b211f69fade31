using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Ecart.Vectors;
using Ecart.Vectors.Neighbours;

namespace Ecart.Bench.Detectors;

/// <summary>Exact search for 10 neighbours among 100,000 rows of 128 floats, beside reading that memory once.</summary>
internal sealed class NeighbourFigures : IFigureGroup
{
    private const int Rows = 100_000;
    private const int Columns = 128;
    private const int Neighbours = 10;
    private const int Queries = 256;
    private const int Repeats = 20;

    private float consumed;

    public string Name => "neighbours";

    public IEnumerable<Figure> Measure(MeasuringSession session)
    {
        session.Progress.Report($"Making {Rows:N0} rows of {Columns}");
        Matrix rows = MeasuringSession.MakeRows(Rows, Columns, 1);
        Matrix queries = MeasuringSession.MakeRows(Queries, Columns, 2);
        var index = new ExactNeighbours(rows);
        var nearest = new Neighbour[Queries * Neighbours];
        double[] seconds = session.MedianSeconds(
            () => Read(rows),
            () => FindEach(index, queries, nearest),
            () => index.FindMany(queries, Neighbours, nearest, 1, session.Cancellation),
            () => index.FindMany(queries, Neighbours, nearest, session.Threads, session.Cancellation));
        double read = seconds[0] / Repeats, single = seconds[1] / Repeats, blocked = seconds[2] / Queries, bulk = seconds[3] / Queries;
        long before = GC.GetAllocatedBytesForCurrentThread();
        FindEach(index, queries, nearest);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        yield return new Figure("memory_read_ms", $"reading {Rows:N0} × {Columns} floats once, one thread", read * 1e3, "ms");
        yield return new Figure("memory_read_gb_per_s", "the same", Rows * (double)Columns * sizeof(float) / read / 1e9, "GB/s");
        yield return new Figure("knn_single_ms", $"exact {Neighbours} nearest neighbours, one query, one thread", single * 1e3, "ms");
        yield return new Figure("knn_read_ratio", "reading once / one query", read / single, "×", "≥ 0.8");
        yield return new Figure("knn_blocked_ms", "each of 256 queries in blocks, one thread", blocked * 1e3, "ms");
        yield return new Figure("knn_blocked_ratio", "one of many queries / reading once", blocked / read, "×", "< 0.5");
        yield return new Figure("knn_bulk_per_s", "queries in blocks, all threads", 1 / bulk, "1/s");
        yield return new Figure("knn_allocated_bytes", "allocated by a query", (double)allocated / Repeats, "B", "0");
    }

    private static void FindEach(ExactNeighbours index, Matrix queries, Neighbour[] nearest)
    {
        for (int i = 0; i < Repeats; i++) index.Find(queries.Row(i), nearest.AsSpan(0, Neighbours));
    }

    /// <summary>Reads as fast as one core can: eight independent sums in the widest registers.</summary>
    private void Read(Matrix rows)
    {
        for (int i = 0; i < Repeats; i++) consumed += Vector512.IsHardwareAccelerated ? SumWide(rows.Span) : TensorPrimitives.Sum<float>(rows.Span);
    }

    private static float SumWide(ReadOnlySpan<float> values)
    {
        ref float first = ref MemoryMarshal.GetReference(values);
        Vector512<float> a = Vector512<float>.Zero, b = a, c = a, d = a, e = a, f = a, g = a, h = a;
        for (nuint i = 0; i + 128 <= (nuint)values.Length; i += 128)
        {
            ref float block = ref Unsafe.Add(ref first, i);
            a += Vector512.LoadUnsafe(ref block);
            b += Vector512.LoadUnsafe(ref block, 16);
            c += Vector512.LoadUnsafe(ref block, 32);
            d += Vector512.LoadUnsafe(ref block, 48);
            e += Vector512.LoadUnsafe(ref block, 64);
            f += Vector512.LoadUnsafe(ref block, 80);
            g += Vector512.LoadUnsafe(ref block, 96);
            h += Vector512.LoadUnsafe(ref block, 112);
        }

        return Vector512.Sum(a + b + (c + d) + (e + f + (g + h)));
    }
}
