using Ecart.Eval.Plants;

namespace Ecart.Eval.Batadal;

/// <summary>The competition's score of alarms: half for how early attacks are seen, half for how well hours are told apart.</summary>
/// <remarks>R. Taormina et al., Battle of the Attack Detection Algorithms, Journal of Water Resources Planning and Management 144(8), 2018.</remarks>
/// <param name="TimeToDetection">1 less the mean share of an attack's duration before its first alarm.</param>
/// <param name="Counts">Hours.</param>
/// <param name="Delays">For each attack its hours before the first alarm; all of them when it was never seen.</param>
/// <param name="Durations">Hours of each attack.</param>
internal sealed record BatadalScore(double TimeToDetection, AlarmCounts Counts, IReadOnlyList<int> Delays, IReadOnlyList<int> Durations)
{
    public double TruePositiveRate => 1 - Counts.MissingAlarmRate;

    public double TrueNegativeRate => 1 - Counts.FalseAlarmRate;

    /// <summary>S of the competition, 0 to 1.</summary>
    public double Total => (0.5 * TimeToDetection) + (0.25 * (TruePositiveRate + TrueNegativeRate));

    /// <param name="alarms">One an hour.</param>
    /// <param name="isAttack">One an hour; an attack is a run of them.</param>
    public static BatadalScore Of(ReadOnlySpan<bool> alarms, ReadOnlySpan<bool> isAttack)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(alarms.Length, isAttack.Length);
        var delays = new List<int>();
        var durations = new List<int>();
        for (int first = 0; first < isAttack.Length; first++)
        {
            if (!isAttack[first]) continue;
            int length = isAttack[first..].IndexOf(false);
            if (length < 0) length = isAttack.Length - first;
            int delay = alarms.Slice(first, length).IndexOf(true);
            delays.Add(delay < 0 ? length : delay);
            durations.Add(length);
            first += length - 1;
        }

        double late = delays.Count == 0 ? 0 : delays.Zip(durations, (delay, duration) => (double)delay / duration).Average();
        return new BatadalScore(1 - late, AlarmCounts.Of(alarms, isAttack), delays, durations);
    }
}
