using Ecart.Eval.Nab;
using Xunit;

namespace Ecart.Eval.Tests.Nab;

public sealed class NabScorerTests
{
    private static readonly NabProfile Standard = NabProfile.Published[0];
    private static readonly NabWindow Window = new(100, 119);

    [Fact]
    public void ScoreAt_NoDetection_CostsEveryWindow()
    {
        NabStream stream = MadeStream.Of(400, Window, new NabWindow(300, 319));

        Assert.Equal(-2, NabScorer.ScoreAt(stream, MadeStream.Scores(400), 0.5, Standard));
        Assert.Equal(-4, NabScorer.ScoreAt(stream, MadeStream.Scores(400), 0.5, NabProfile.Published[2]));
    }

    [Fact]
    public void ScoreAt_FirstPointOfWindow_EarnsOneAndLaterOnesLess()
    {
        Assert.Equal(1, ScoreOf((100, 1)), 12);
        double middle = ScoreOf((110, 1));
        double last = ScoreOf((119, 1));
        Assert.Equal(Sigmoid(-0.5) / Sigmoid(-1), middle, 12);
        Assert.Equal(Sigmoid(-1 / 20.0) / Sigmoid(-1), last, 12);
        Assert.True(middle > last && last > 0);
    }

    [Fact]
    public void ScoreAt_SeveralDetectionsInWindow_CountTheEarliestOnly() =>
        Assert.Equal(ScoreOf((103, 0.6)), ScoreOf((103, 0.6), (104, 1), (119, 0.9)), 12);

    [Fact]
    public void ScoreAt_OutsideWindows_CostsByDistancePastTheLastOne()
    {
        double before = ScoreOf((90, 1)) + 1;
        double justAfter = ScoreOf((120, 1)) + 1;
        double after = ScoreOf((138, 1)) + 1;
        double farAfter = ScoreOf((119 + 58, 1)) + 1;
        Assert.Equal(-0.11, before, 12);
        Assert.Equal(0.11 * Sigmoid(1 / 19.0), justAfter, 12);
        Assert.Equal(0.11 * Sigmoid(1), after, 12);
        Assert.Equal(-0.11, farAfter, 12);
        Assert.Equal(-0.22, ScoreOf((90, 1), (91, 1)) + 1, 12);
    }

    [Fact]
    public void ScoreAt_Probation_CountsNothing()
    {
        NabStream stream = MadeStream.Of(400, Window);

        Assert.Equal(60, stream.Probation);
        Assert.Equal(750, MadeStream.Of(20_000).Probation);
        Assert.Equal(0, NabScorer.ScoreAt(stream, MadeStream.Scores(400, (59, 1), (100, 1)), 0.5, Standard) - 1, 12);
        Assert.Equal(-0.11, NabScorer.ScoreAt(stream, MadeStream.Scores(400, (60, 1), (100, 1)), 0.5, Standard) - 1, 12);
    }

    [Fact]
    public void BestThreshold_AlarmsBelowAndAboveWindow_CutsWhereTheSumIsLargest()
    {
        NabStream stream = MadeStream.Of(400, Window, new NabWindow(300, 319));
        (int, double)[] alarms = [.. Enumerable.Range(200, 30).Select(i => (i, 0.3))];
        double[] scores = MadeStream.Scores(400, [(100, 0.9), (80, 0.95), (300, 0.2), .. alarms]);

        NabFigures figures = NabScorer.BestThreshold([stream], [scores], Standard);

        Assert.Equal(0.9, figures.Threshold);
        Assert.Equal(1 - 0.11 - 1, figures.Raw, 12);
        Assert.Equal(100 * (figures.Raw + 2) / 4, figures.Score, 12);
        Assert.Equal(figures.Raw, NabScorer.ScoreAt(stream, scores, figures.Threshold, Standard), 12);
    }

    [Fact]
    public void BestThreshold_PerfectAndUseless_GiveHundredAndZero()
    {
        NabStream[] streams = [MadeStream.Of(400, Window), MadeStream.Of(400)];
        double[] found = MadeStream.Scores(400, (100, 1));
        double[] useless = [.. Enumerable.Repeat(0.5, 400)];
        foreach (NabProfile profile in NabProfile.Published)
        {
            Assert.Equal(100, NabScorer.BestThreshold(streams, [found, MadeStream.Scores(400)], profile).Score, 10);
            Assert.Equal(0, NabScorer.BestThreshold(streams, [useless, useless], profile).Score, 10);
        }
    }

    [Fact]
    public void BestThreshold_RandomScores_IsTheBestOfAllThresholds()
    {
        var random = new Random(5);
        NabStream[] streams = [MadeStream.Of(300, Window), MadeStream.Of(500, new NabWindow(90, 130), new NabWindow(131, 150), new NabWindow(490, 499))];
        double[][] scores = [.. streams.Select(stream => stream.Points.Select(_ => Math.Round(Math.Pow(random.NextDouble(), 0.01), 3)).ToArray())];
        foreach (NabProfile profile in NabProfile.Published)
        {
            double best = scores.SelectMany(stream => stream).Append(2).Max(threshold =>
                streams.Zip(scores).Sum(pair => NabScorer.ScoreAt(pair.First, pair.Second, threshold, profile)));

            Assert.Equal(best, NabScorer.BestThreshold(streams, scores, profile).Raw, 10);
        }
    }

    private static double ScoreOf(params (int Point, double Score)[] detections) =>
        NabScorer.ScoreAt(MadeStream.Of(400, Window), MadeStream.Scores(400, detections), 0.5, Standard);

    private static double Sigmoid(double position) => (2 / (1 + Math.Exp(5 * position))) - 1;
}
