namespace Ecart.Thresholds;

/// <summary>
/// The scores as they were, in between interpolated: (i − ½)/n of them lie below the i-th smallest (Hazen, 1914). Assumes nothing and says
/// nothing beyond the largest score, which gets 1/(2n) however far it is exceeded.
/// </summary>
public sealed class QuantileCalibration : ICalibration
{
    private readonly double[] sorted;

    /// <summary>Calibrates with the scores of normal events.</summary>
    /// <param name="scores">At least 1, finite.</param>
    /// <exception cref="ArgumentException">No score, or one that is not finite.</exception>
    public QuantileCalibration(ReadOnlySpan<double> scores) => sorted = CalibrationInput.Sorted(scores, 1);

    /// <inheritdoc/>
    public long Count => sorted.Length;

    /// <inheritdoc/>
    public double TailProbability(double score)
    {
        CalibrationInput.RequireScore(score);
        return Tail(sorted, score);
    }

    /// <inheritdoc/>
    public double Threshold(double falseAlarmRate)
    {
        CalibrationInput.RequireRate(falseAlarmRate);
        return At(sorted, falseAlarmRate);
    }

    /// <summary>The score whose <see cref="Tail"/> is a rate, +∞ for rarer than the largest, the smallest for more than all.</summary>
    internal static double At(ReadOnlySpan<double> sorted, double rate)
    {
        double position = ((1 - rate) * sorted.Length) - 0.5;
        if (position < 0) return sorted[0];
        int below = (int)position;
        if (below >= sorted.Length - 1) return rate < 0.5 / sorted.Length ? double.PositiveInfinity : sorted[^1];
        return sorted[below] + ((position - below) * (sorted[below + 1] - sorted[below]));
    }

    /// <summary>Interpolated between the middles of ascending values' ranks; equal ones share theirs. At most 1 − 1/(2n), at least 1/(2n).</summary>
    internal static double Tail(ReadOnlySpan<double> sorted, double score)
    {
        (int below, int notAbove) = CalibrationInput.Rank(sorted, score);
        int count = sorted.Length;
        if (notAbove > below) return 1 - ((below + notAbove) / (2.0 * count));
        if (below == 0) return 1 - (0.5 / count);
        if (below == count) return 0.5 / count;
        double from = MiddleRank(sorted, sorted[below - 1]);
        double to = MiddleRank(sorted, sorted[below]);
        double share = (score - sorted[below - 1]) / (sorted[below] - sorted[below - 1]);
        return 1 - ((from + (share * (to - from))) / count);
    }

    private static double MiddleRank(ReadOnlySpan<double> sorted, double score)
    {
        (int below, int notAbove) = CalibrationInput.Rank(sorted, score);
        return (below + notAbove) / 2.0;
    }
}
