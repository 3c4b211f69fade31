namespace Ecart.Thresholds;

/// <summary>
/// For scores with outliers among them: only their median and upper quartile count, beyond the median the tail is Pareto with index 1, P = ½ / (1 + (s − median) /
/// (upper quartile − median)), and below it mirrored. Up to a quarter of outliers, however far out, move it little, and it never ends: what is twice as far
/// out is half as likely, so no score is impossible and a small excess is never rare. For thinner tails its probabilities are upper bounds.
/// </summary>
public sealed class QuartileCalibration : ICalibration
{
    // Where the quartiles all but agree, a small excess would be taken for a large one.
    private const double LeastRelativeSpread = 1e-3;
    private const double LeastSpread = 1e-9;

    /// <summary>Calibrates with the scores of events that are mostly normal.</summary>
    /// <param name="scores">At least 1, finite.</param>
    /// <param name="leastSpread">What <see cref="Spread"/> is at least, in units of the score: a difference of that size is never rare. 0 and more, finite.</param>
    /// <exception cref="ArgumentException">No score, or one that is not finite.</exception>
    public QuartileCalibration(ReadOnlySpan<double> scores, double leastSpread = 0)
    {
        if (leastSpread is not (>= 0 and < double.PositiveInfinity))
            throw new ArgumentOutOfRangeException(nameof(leastSpread), leastSpread, "A least spread must be finite and 0 or more.");
        double[] sorted = CalibrationInput.Sorted(scores, 1);
        Count = sorted.Length;
        Median = QuantileCalibration.At(sorted, 0.5);
        double upper = sorted.Length < 2 ? Median : QuantileCalibration.At(sorted, 0.25);
        Spread = Math.Max(Math.Max(upper - Median, leastSpread), Math.Max(LeastRelativeSpread * Math.Abs(Median), LeastSpread));
    }

    internal QuartileCalibration(long count, double median, double spread)
    {
        Count = count;
        Median = median;
        Spread = spread;
    }

    /// <inheritdoc/>
    public long Count { get; }

    /// <summary>Half of the scores are below it.</summary>
    public double Median { get; }

    /// <summary>Upper quartile less median, at least a thousandth of the median.</summary>
    public double Spread { get; }

    /// <inheritdoc/>
    public double TailProbability(double score)
    {
        CalibrationInput.RequireScore(score);
        return Math.Max(double.Epsilon, Math.Exp(-Surprise(score)));
    }

    /// <summary>−ln of <see cref="TailProbability"/>: 0 and more, ln 2 at the median, ln 4 at the upper quartile. Finite for every finite score.</summary>
    public double Surprise(double score)
    {
        // Halves first, so that the difference of two huge scores cannot overflow.
        double excess = 2 * ((0.5 * score / Spread) - (0.5 * Median / Spread));
        return excess >= 0 ? Math.Log(2) + Math.Log(1 + Math.Min(excess, double.MaxValue)) : -Math.Log(1 - (0.5 / (1 - Math.Max(excess, -double.MaxValue))));
    }

    /// <inheritdoc/>
    public double Threshold(double falseAlarmRate)
    {
        CalibrationInput.RequireRate(falseAlarmRate);
        return falseAlarmRate <= 0.5
            ? Median + (Spread * ((0.5 / falseAlarmRate) - 1))
            : Median - (Spread * ((0.5 / (1 - falseAlarmRate)) - 1));
    }
}
