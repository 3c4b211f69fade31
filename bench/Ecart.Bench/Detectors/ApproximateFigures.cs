using Ecart.Vectors;
using Ecart.Vectors.Neighbours;

namespace Ecart.Bench.Detectors;

/// <summary>Approximate search for 10 neighbours among 400,000 rows of 32 floats, beside the exact search.</summary>
internal sealed class ApproximateFigures : IFigureGroup
{
    private const int Rows = 400_000;
    private const int Neighbours = 10;
    private const int Queries = 200;

    public string Name => "approximate";

    public IEnumerable<Figure> Measure(MeasuringSession session)
    {
        session.Progress.Report($"Making {Rows:N0} rows of {MeasuringSession.PeerColumns}");
        Matrix rows = MeasuringSession.MakeRows(Rows, MeasuringSession.PeerColumns, 4);
        Matrix queries = MeasuringSession.MakeRows(Queries, MeasuringSession.PeerColumns, 5);
        var exact = new ExactNeighbours(rows);
        ApproximateNeighbours? built = null;
        double build = MeasuringSession.Seconds(
            () => built = ApproximateNeighbours.Build(rows, new ApproximateNeighboursOptions { Threads = session.Threads }, session.Cancellation));
        ApproximateNeighbours approximate = built!;
        double[] seconds = session.MedianSeconds(() => FindEach(exact, queries), () => FindEach(approximate, queries));
        yield return new Figure("ann_build_s", $"building an index of {Rows:N0} × {rows.Columns}, all threads", build, "s");
        yield return new Figure("ann_query_us", $"approximate {Neighbours} nearest neighbours, one query, one thread", seconds[1] / Queries * 1e6, "µs");
        yield return new Figure("ann_speedup", "exact / approximate, one query", seconds[0] / seconds[1], "×");
        yield return new Figure("ann_recall", "share of the true neighbours found for new queries", Recall(exact, approximate, queries), "", "≥ 0.95");
        yield return new Figure("ann_lists_read", "share of the lists that a search reads", approximate.Probes / (double)approximate.Lists, "");
    }

    private static void FindEach(NeighbourIndex index, Matrix queries)
    {
        Span<Neighbour> nearest = stackalloc Neighbour[Neighbours];
        for (int i = 0; i < queries.Rows; i++) index.Find(queries.Row(i), nearest);
    }

    private static double Recall(ExactNeighbours exact, ApproximateNeighbours approximate, Matrix queries)
    {
        var truth = new Neighbour[Neighbours];
        var found = new Neighbour[Neighbours];
        int hits = 0;
        for (int i = 0; i < queries.Rows; i++)
        {
            exact.Find(queries.Row(i), truth);
            approximate.Find(queries.Row(i), found);
            hits += truth.IntersectBy(found.Select(neighbour => neighbour.Row), neighbour => neighbour.Row).Count();
        }

        return hits / (double)(queries.Rows * Neighbours);
    }
}
