using Ecart.Detection.Streaming.TimeSeries;

namespace Ecart.Eval.Nab;

/// <summary>Takes streams through the time-series detector, each through one of its own with the default options, every point scored before it is learned.</summary>
internal static class NabRun
{
    /// <summary>The scores of each stream, one a point.</summary>
    /// <param name="streams">The corpus.</param>
    /// <param name="progress">Told how far it is, 0 to 1.</param>
    public static IReadOnlyList<double[]> Score(IReadOnlyList<NabStream> streams, Action<double> progress)
    {
        var scores = new double[streams.Count][];
        long all = Math.Max(1, streams.Sum(stream => (long)stream.Points.Count));
        long done = 0;
        Parallel.For(0, streams.Count, i =>
        {
            scores[i] = Score(streams[i]);
            progress(Interlocked.Add(ref done, streams[i].Points.Count) / (double)all);
        });
        return scores;
    }

    private static double[] Score(NabStream stream)
    {
        var detector = new TimeSeriesDetector();
        var scores = new double[stream.Points.Count];
        for (int i = 0; i < scores.Length; i++)
        {
            NabPoint point = stream.Points[i];
            scores[i] = detector.Score(point.Time, point.Value);
            detector.Learn(point.Time, point.Value);
        }

        return scores;
    }
}
