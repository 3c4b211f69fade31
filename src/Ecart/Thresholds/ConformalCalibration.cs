namespace Ecart.Thresholds;

/// <summary>
/// Split-conformal p-values: (1 + number of calibration scores that are not lower) / (1 + all of them). A normal event that is exchangeable with the
/// calibration events gets p ≤ α with a probability of at most α, whatever the detector and the distribution: the false-alarm rate is guaranteed,
/// on the average over calibration sets. The events must not be among those that the detector was fitted to.
/// </summary>
/// <remarks>
/// V. Vovk, A. Gammerman, G. Shafer, Algorithmic Learning in a Random World, 2005; S. Bates, E. Candès, L. Lei, Y. Romano, M. Sesia, Testing for
/// outliers with conformal p-values, Annals of Statistics 2023.
/// </remarks>
public sealed class ConformalCalibration : ICalibration
{
    private readonly double[] sorted;

    /// <summary>Calibrates with the scores of normal events that the detector has not been fitted to.</summary>
    /// <param name="scores">At least 1, finite; 1/α − 1 of them are needed for a rate α.</param>
    /// <exception cref="ArgumentException">No score, or one that is not finite.</exception>
    public ConformalCalibration(ReadOnlySpan<double> scores) => sorted = CalibrationInput.Sorted(scores, 1);

    /// <inheritdoc/>
    public long Count => sorted.Length;

    /// <inheritdoc/>
    public double TailProbability(double score)
    {
        CalibrationInput.RequireScore(score);
        int notLower = sorted.Length - CalibrationInput.Rank(sorted, score).Below;
        return (notLower + 1.0) / (sorted.Length + 1.0);
    }

    /// <summary>
    /// The score that a normal event exceeds with a probability of at most <paramref name="falseAlarmRate"/>, guaranteed; +∞ with fewer than
    /// 1/rate − 1 scores, which cannot guarantee it.
    /// </summary>
    /// <param name="falseAlarmRate">Above 0, below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not between 0 and 1.</exception>
    public double Threshold(double falseAlarmRate)
    {
        CalibrationInput.RequireRate(falseAlarmRate);
        // Of (n + 1)(1 − α) the rounding of the product must not cost a rank: (99 + 1)(1 − 0.05) is 95 and not 95.00000000000001.
        int rank = (int)Math.Ceiling(((sorted.Length + 1) * (1 - falseAlarmRate)) - 1e-9);
        return rank > sorted.Length ? double.PositiveInfinity : sorted[Math.Max(rank, 1) - 1];
    }
}
