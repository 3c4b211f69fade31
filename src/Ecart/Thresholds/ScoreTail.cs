namespace Ecart.Thresholds;

/// <summary>
/// How far out a score lies among those that a detector gave its training events: P(S ≥ s), by counting, and beyond the highest hundredth by an
/// exponential tail of their mean excess, so that two scores above all of them still differ. Immutable.
/// </summary>
public sealed class ScoreTail
{
    /// <summary>Share of the scores that the tail is fitted to.</summary>
    private const double TailShare = 0.01;

    /// <summary>Fewer scores above where the tail begins say too little about it: it begins lower then.</summary>
    private const int LeastExcesses = 20;
    private readonly double[] sorted;
    private readonly double start;
    private readonly double share;
    private readonly double excess;

    /// <summary>Takes the scores of training events.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public ScoreTail(ReadOnlySpan<double> scores)
    {
        if (scores.IsEmpty) throw new ArgumentException("There is no score to compare with.", nameof(scores));
        sorted = scores.ToArray();
        Array.Sort(sorted);
        int above = Math.Min(sorted.Length, Math.Max(LeastExcesses, (int)(TailShare * sorted.Length)));
        start = sorted[^above];
        share = Probability(CountFrom(start));
        double sum = 0;
        for (int i = sorted.Length - above; i < sorted.Length; i++) sum += sorted[i] - start;
        excess = sum / above;
    }

    /// <summary>The middle one of the scores.</summary>
    public double Median => sorted[sorted.Length / 2];

    /// <summary>P(S ≥ <paramref name="score"/>), in (0, 1].</summary>
    public double Of(double score)
    {
        if (score <= start || excess <= 0) return Probability(CountFrom(score));
        return Math.Max(double.Epsilon, share * Math.Exp(-(score - start) / excess));
    }

    /// <summary>The score from which on a tail probability is reached.</summary>
    public double ScoreOf(double probability)
    {
        if (probability < share && excess > 0) return start + (excess * Math.Log(share / probability));
        int from = sorted.Length - (int)Math.Max(1, (probability * (sorted.Length + 1)) - 1);
        return sorted[Math.Clamp(from, 0, sorted.Length - 1)];
    }

    private double Probability(int count) => (count + 1.0) / (sorted.Length + 1);

    /// <summary>How many scores are at least as high.</summary>
    private int CountFrom(double score)
    {
        int low = 0;
        int high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < score) low = middle + 1;
            else high = middle;
        }

        return sorted.Length - low;
    }
}
