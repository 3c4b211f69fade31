using Ecart.Eval.Nab;

namespace Ecart.Eval.Tests.Nab;

/// <summary>Streams for tests of the scorer: a point every 5 minutes.</summary>
internal static class MadeStream
{
    public static readonly DateTime Start = new(2014, 4, 1, 0, 0, 0, DateTimeKind.Utc);

    public static NabStream Of(int points, params NabWindow[] windows) =>
        new("made/stream.csv", [.. Enumerable.Range(0, points).Select(i => new NabPoint(Start.AddMinutes(5 * i), i, "", ""))], windows);

    public static double[] Scores(int points, params (int Point, double Score)[] detections)
    {
        var scores = new double[points];
        foreach ((int point, double score) in detections) scores[point] = score;
        return scores;
    }
}
