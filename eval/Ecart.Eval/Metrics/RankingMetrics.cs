namespace Ecart.Eval.Metrics;

/// <summary>Quality of a ranking, whatever the threshold.</summary>
internal static class RankingMetrics
{
    /// <summary>
    /// Area under the ROC curve: the probability that a positive scores higher than a negative, ties counting half. By ranks
    /// (Mann and Whitney, 1947). NaN unless both kinds are present.
    /// </summary>
    public static double RocAuc(IReadOnlyCollection<ScoredLabel> events)
    {
        ScoredLabel[] ascending = Sorted(events);
        long positives = 0;
        double won = 0;
        long negativesBelow = 0;
        for (int from = 0, to; from < ascending.Length; from = to)
        {
            (to, long positivesHere) = Tie(ascending, from);
            long negativesHere = to - from - positivesHere;
            won += positivesHere * (negativesBelow + (0.5 * negativesHere));
            positives += positivesHere;
            negativesBelow += negativesHere;
        }

        return won / ((double)positives * negativesBelow);
    }

    /// <summary>
    /// Average precision: Σ (recall_n − recall_n−1) · precision_n over the distinct thresholds, without interpolation, as scikit-learn
    /// defines it. NaN without positives.
    /// </summary>
    public static double AveragePrecision(IReadOnlyCollection<ScoredLabel> events)
    {
        ScoredLabel[] ascending = Sorted(events);
        Array.Reverse(ascending);
        long positives = 0;
        double sum = 0;
        for (int from = 0, to; from < ascending.Length; from = to)
        {
            (to, long positivesHere) = Tie(ascending, from);
            positives += positivesHere;
            sum += positivesHere * ((double)positives / to);
        }

        return positives == 0 ? double.NaN : sum / positives;
    }

    /// <summary>
    /// Precision among the n highest scores, n the number of positives, as PyOD's <c>precision_n_scores</c>: the rows strictly above the
    /// (1 − n/all) quantile, interpolated, so that ties at the border are all left out. NaN without positives, 0 when nothing is above.
    /// </summary>
    public static double PrecisionAtN(IReadOnlyCollection<ScoredLabel> events)
    {
        ScoredLabel[] ascending = Sorted(events);
        int positives = ascending.Count(scored => scored.IsPositive);
        if (positives == 0) return double.NaN;
        double position = (ascending.Length - 1) * (1 - ((double)positives / ascending.Length));
        int below = (int)position;
        double next = ascending[Math.Min(below + 1, ascending.Length - 1)].Score;
        double border = ascending[below].Score + ((position - below) * (next - ascending[below].Score));
        int above = ascending.Count(scored => scored.Score > border);
        return above == 0 ? 0 : ascending.Count(scored => scored.Score > border && scored.IsPositive) / (double)above;
    }

    private static ScoredLabel[] Sorted(IReadOnlyCollection<ScoredLabel> events)
    {
        ScoredLabel[] sorted = [.. events];
        Array.Sort(sorted, (left, right) => left.Score.CompareTo(right.Score));
        return sorted;
    }

    /// <summary>The end of the run of equal scores that begins at a place, and the positives in it.</summary>
    private static (int End, long Positives) Tie(ScoredLabel[] sorted, int from)
    {
        int to = from;
        long positives = 0;
        for (; to < sorted.Length && sorted[to].Score.Equals(sorted[from].Score); to++)
            if (sorted[to].IsPositive) positives++;
        return (to, positives);
    }
}
