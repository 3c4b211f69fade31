using Ecart.Detection.Batch;
using Ecart.Vectors;

namespace Ecart.Bench.Detectors;

/// <summary>A detector fitted to rows that it then scores, beside the same by scikit-learn. Ours scores them twice: fitting does it too.</summary>
internal static class FitAndScore
{
    private const int Singles = 1000;

    public static IEnumerable<Figure> Measure(MeasuringSession session, string key, string meaning, Func<BatchDetector> make)
    {
        foreach (int count in MeasuringSession.PeerRows)
        {
            Matrix rows = MeasuringSession.MakeRows(count, MeasuringSession.PeerColumns, 4);
            var scores = new double[count];
            string size = $"{count / 1000}k";
            double peer = session.Peers.MedianSeconds(key, rows, session);
            session.Progress.Report($"{key}, {count:N0} × {rows.Columns}");
            BatchDetector detector = make();
            double[] seconds = session.MedianSeconds(
                () =>
                {
                    detector = make();
                    detector.Fit(rows, session.Cancellation);
                    detector.Score(rows, scores, session.Cancellation);
                },
                () => detector.Score(rows, scores, session.Cancellation),
                () => ScoreEach(detector, rows));
            long before = GC.GetAllocatedBytesForCurrentThread();
            ScoreEach(detector, rows);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

            yield return new Figure($"{key}_{size}_s", $"{meaning}: fit and score {count:N0} × {rows.Columns} rows", seconds[0], "s");
            yield return new Figure($"{key}_{size}_sklearn_s", "the same by scikit-learn", peer, "s");
            yield return new Figure($"{key}_{size}_speedup", "scikit-learn / ours", peer / seconds[0], "×", "≥ 5");
            yield return new Figure($"{key}_{size}_ns_per_row", "scoring many rows, a row", seconds[1] / count * 1e9, "ns");
            yield return new Figure($"{key}_{size}_single_ns", "scoring one row, one thread", seconds[2] / Singles * 1e9, "ns");
            yield return new Figure($"{key}_{size}_allocated_bytes", "allocated by scoring one row", (double)allocated / Singles, "B", "0");
        }
    }

    private static void ScoreEach(BatchDetector detector, Matrix rows)
    {
        for (int row = 0; row < Singles; row++) detector.Score(rows.Row(row));
    }
}
