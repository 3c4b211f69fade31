namespace Ecart.Eval.Nab;

/// <summary>
/// The benchmark's scoring. The first detections in a window earn up to 1, less the later they come; a window without one costs; every detection outside costs,
/// less when it comes soon after a window. A. Lavin, S. Ahmad, Evaluating Real-time Anomaly Detection Algorithms, ICMLA 2015.
/// </summary>
internal static class NabScorer
{
    /// <summary>Widths of a window after its end at which a detection costs in full.</summary>
    private const double FullCostPosition = 3;

    /// <summary>Earns one detection in a window at its very first point.</summary>
    private static readonly double Best = Scaled(-1);

    /// <summary>What a detection at each point is worth, unweighted: up to 1 in a window, 0 to −1 outside.</summary>
    public static double[] Worth(NabStream stream)
    {
        var worth = new double[stream.Points.Count];
        int next = 0;
        NabWindow? before = null;
        for (int i = 0; i < worth.Length; i++)
        {
            if (next < stream.Windows.Count && i >= stream.Windows[next].First)
            {
                NabWindow window = stream.Windows[next];
                worth[i] = Scaled(-(window.Last - i + 1) / (double)window.Width) / Best;
                if (i < window.Last) continue;
                before = window;
                next++;
            }
            else
            {
                worth[i] = before is { } last ? Scaled((i - last.Last) / Math.Max(1.0, last.Width - 1)) : -1;
            }
        }

        return worth;
    }

    /// <summary>Raw score of one stream's detections at a threshold: 0 or more for what is found, less a miss and a false alarm.</summary>
    public static double ScoreAt(NabStream stream, ReadOnlySpan<double> scores, double threshold, NabProfile profile)
    {
        double total = 0;
        foreach ((_, double change) in Changes(stream, scores, profile, threshold)) total += change;
        return total - (profile.FalseNegative * stream.Windows.Count);
    }

    /// <summary>The threshold that is best for a profile on the whole corpus, and its score.</summary>
    /// <param name="streams">The corpus.</param>
    /// <param name="scores">The anomaly scores of each stream, one a point, higher is stranger.</param>
    /// <param name="profile">Weights.</param>
    public static NabFigures BestThreshold(IReadOnlyList<NabStream> streams, IReadOnlyList<double[]> scores, NabProfile profile)
    {
        var changes = new List<(double Score, double Change)>();
        for (int i = 0; i < streams.Count; i++) changes.AddRange(Changes(streams[i], scores[i], profile, double.NegativeInfinity));
        changes.Sort((left, right) => right.Score.CompareTo(left.Score));
        int windows = streams.Sum(stream => stream.Windows.Count);
        double nothing = -profile.FalseNegative * windows;
        double best = nothing, threshold = double.PositiveInfinity, sum = nothing;
        for (int i = 0; i < changes.Count; i++)
        {
            sum += changes[i].Change;
            // Points of equal score are detected together.
            if (i + 1 < changes.Count && changes[i + 1].Score == changes[i].Score) continue;
            if (sum <= best) continue;
            best = sum;
            threshold = changes[i].Score;
        }

        return new NabFigures(profile.Name, threshold, best, Normalised(best, windows, profile));
    }

    /// <summary>0 for no detection at all, 100 for every window found at once and nothing else; the raw score where there is no window.</summary>
    public static double Normalised(double raw, int windows, NabProfile profile) => windows == 0
        ? raw
        : 100 * (raw + (profile.FalseNegative * windows)) / ((profile.TruePositive + profile.FalseNegative) * windows);

    /// <summary>
    /// What each point from a threshold on changes in the score of its stream when points are detected from the highest score down. Points in probation
    /// change nothing, nor do those in a window after a better one of it.
    /// </summary>
    private static List<(double Score, double Change)> Changes(NabStream stream, ReadOnlySpan<double> scores, NabProfile profile, double threshold)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(scores.Length, stream.Points.Count, nameof(scores));
        double[] worth = Worth(stream);
        var changes = new List<(double Score, double Change)>();
        int next = stream.Probation;
        foreach (NabWindow window in stream.Windows)
        {
            AddOutside(changes, scores, worth, next, window.First, profile, threshold);
            AddInside(changes, scores, worth, Math.Max(window.First, stream.Probation), window.Last + 1, profile, threshold);
            next = Math.Max(next, window.Last + 1);
        }

        AddOutside(changes, scores, worth, next, scores.Length, profile, threshold);
        return changes;
    }

    private static void AddOutside(
        List<(double Score, double Change)> changes, ReadOnlySpan<double> scores, double[] worth, int from, int to, NabProfile profile, double threshold)
    {
        for (int i = from; i < to; i++)
            if (scores[i] >= threshold) changes.Add((scores[i], worth[i] * profile.FalsePositive));
    }

    private static void AddInside(
        List<(double Score, double Change)> changes, ReadOnlySpan<double> scores, double[] worth, int from, int to, NabProfile profile, double threshold)
    {
        var inside = new List<(double Score, double Worth)>();
        for (int i = from; i < to; i++)
            if (scores[i] >= threshold) inside.Add((scores[i], worth[i] * profile.TruePositive));
        double best = -profile.FalseNegative;
        foreach ((double score, double value) in inside.OrderByDescending(point => point.Score))
        {
            if (value <= best) continue;
            changes.Add((score, value - best));
            best = value;
        }
    }

    private static double Scaled(double position) => position > FullCostPosition ? -1 : (2 / (1 + Math.Exp(5 * position))) - 1;
}
