using System.Numerics.Tensors;

namespace Ecart.Thresholds;

/// <summary>What every calibration asks of its input.</summary>
internal static class CalibrationInput
{
    /// <summary>A sorted copy of at least <paramref name="least"/> finite scores.</summary>
    public static double[] Sorted(ReadOnlySpan<double> scores, int least)
    {
        if (scores.Length < least)
            throw new ArgumentException($"There are {scores.Length} scores; this calibration needs at least {least}.", nameof(scores));
        if (!TensorPrimitives.IsFiniteAll(scores)) throw new ArgumentException("A score is not finite; calibrate with finite ones.", nameof(scores));
        double[] sorted = scores.ToArray();
        Array.Sort(sorted);
        return sorted;
    }

    public static void RequireScore(double score)
    {
        if (!double.IsFinite(score)) throw new ArgumentOutOfRangeException(nameof(score), score, "A score must be finite.");
    }

    public static void RequireRate(double falseAlarmRate)
    {
        if (falseAlarmRate is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(falseAlarmRate), falseAlarmRate, "A rate of false alarms must be above 0 and below 1.");
    }

    /// <summary>How many of ascending values are below, and how many are not above, a score.</summary>
    public static (int Below, int NotAbove) Rank(ReadOnlySpan<double> sorted, double score) =>
        (Bound(sorted, score, countsEqual: false), Bound(sorted, score, countsEqual: true));

    private static int Bound(ReadOnlySpan<double> sorted, double score, bool countsEqual)
    {
        int low = 0;
        int high = sorted.Length;
        while (low < high)
        {
            int middle = (int)(((uint)low + (uint)high) / 2);
            if (sorted[middle] < score || (countsEqual && sorted[middle] == score)) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
