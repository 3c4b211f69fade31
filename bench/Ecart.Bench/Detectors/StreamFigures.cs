using Ecart.Detection.Streaming;
using Ecart.Detection.Streaming.TimeSeries;
using Ecart.Vectors;

namespace Ecart.Bench.Detectors;

/// <summary>Streaming detectors in their steady state: time of a vector that is scored and then learned, what they hold, and what a score allocates.</summary>
internal sealed class StreamFigures : IFigureGroup
{
    private const int Warm = 10_000;
    private const int Measured = 5_000;
    private static readonly int[] Dimensions = [32, 128];
    private static readonly DateTime Begin = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public string Name => "streams";

    public IEnumerable<Figure> Measure(MeasuringSession session) => MeasureVectors(session).Concat(MeasureSeries(session));

    private static IEnumerable<Figure> MeasureVectors(MeasuringSession session)
    {
        foreach (int dimension in Dimensions)
        {
            Matrix rows = MeasuringSession.MakeRows(Warm + Measured, dimension, 4);
            foreach (string kind in StreamDetectors.All)
            {
                session.Progress.Report($"{kind}, {dimension} dimensions");
                StreamDetector detector = StreamDetectors.Make(kind, dimension);
                for (int i = 0; i < Warm; i++) detector.Learn(rows.Row(i));
                double[] seconds = session.MedianSeconds(() => ScoreAndLearn(detector, rows), () => Score(detector, rows));
                long before = GC.GetAllocatedBytesForCurrentThread();
                Score(detector, rows);
                double allocated = GC.GetAllocatedBytesForCurrentThread() - before;

                string key = $"stream_{kind}_{dimension}";
                yield return new Figure($"{key}_us", $"{kind}, {dimension} dimensions: score and learn a vector", seconds[0] / Measured * 1e6, "µs");
                yield return new Figure($"{key}_score_us", "score alone", seconds[1] / Measured * 1e6, "µs");
                yield return new Figure($"{key}_bytes", "bytes held", detector.Bytes, "B");
                yield return new Figure($"{key}_allocated_bytes", "allocated by a score", allocated / Measured, "B", "0");
            }
        }
    }

    private static IEnumerable<Figure> MeasureSeries(MeasuringSession session)
    {
        float[] values = MeasuringSession.MakeRows(Warm, 1, 5).Values;
        var detector = new TimeSeriesDetector();
        session.Progress.Report(TimeSeriesDetector.Kind);
        for (int i = 0; i < Warm; i++) detector.Learn(Begin.AddMinutes(5 * i), values[i]);
        // However often the session repeats the work, time goes on and the values come round again.
        int next = Warm;
        double seconds = session.MedianSeconds(() =>
        {
            for (int end = next + Measured; next < end; next++)
            {
                DateTime time = Begin.AddMinutes(5 * next);
                float value = values[next % Warm];
                detector.Score(time, value);
                detector.Learn(time, value);
            }
        })[0];
        DateTime last = Begin.AddMinutes(5 * next);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Measured; i++) detector.Score(last, values[i]);
        double allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        string key = $"stream_{TimeSeriesDetector.Kind}";
        yield return new Figure($"{key}_us", $"{TimeSeriesDetector.Kind}: score and learn a point", seconds / Measured * 1e6, "µs");
        yield return new Figure($"{key}_bytes", "bytes held", detector.Bytes, "B");
        yield return new Figure($"{key}_allocated_bytes", "allocated by a score", allocated / Measured, "B", "0");
    }

    private static void ScoreAndLearn(StreamDetector detector, Matrix rows)
    {
        for (int i = Warm; i < rows.Rows; i++)
        {
            detector.Score(rows.Row(i));
            detector.Learn(rows.Row(i));
        }
    }

    private static void Score(StreamDetector detector, Matrix rows)
    {
        for (int i = Warm; i < rows.Rows; i++) detector.Score(rows.Row(i));
    }
}
