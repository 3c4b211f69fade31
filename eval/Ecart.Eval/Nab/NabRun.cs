using Ecart.Domains.Iot;
using Ecart.Scoring;

namespace Ecart.Eval.Nab;

/// <summary>
/// Takes streams through the iot domain, each as the one signal of a device of its own with the default options, every measurement scored before it is learned.
/// </summary>
internal static class NabRun
{
    /// <summary>The rank scores of each stream, one a point.</summary>
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
        var engine = new IotEngine(IotOptions.Default);
        var verdict = new Verdict(engine.Dimension);
        var scores = new double[stream.Points.Count];
        for (int i = 0; i < scores.Length; i++)
        {
            // A row without a value is no measurement.
            NabPoint point = stream.Points[i];
            if (double.IsNaN(point.Value)) continue;
            var measurement = new IotMeasurement
            {
                EventUid = $"{stream.Name}:{i}",
                OccurredAt = DateTime.SpecifyKind(point.Time, DateTimeKind.Utc),
                DeviceId = "device",
                Signal = "value",
                Value = point.Value,
            };
            engine.Score(measurement, verdict);
            scores[i] = verdict.IsLate ? 0 : verdict.RankScore;
            engine.Learn(new ScoredEvent(measurement, verdict, Lane: 0, Seq: i + 1));
        }

        return scores;
    }
}
