namespace Ecart.Eval.Plants;

/// <summary>Rows by what was said of them and what is true; several files add up.</summary>
internal readonly record struct AlarmCounts(long TruePositives, long FalsePositives, long TrueNegatives, long FalseNegatives)
{
    public long Rows => TruePositives + FalsePositives + TrueNegatives + FalseNegatives;

    /// <summary>2·TP/(2·TP + FP + FN).</summary>
    public double F1 => Share(2 * TruePositives, (2 * TruePositives) + FalsePositives + FalseNegatives);

    /// <summary>Share of the normal rows that alarmed.</summary>
    public double FalseAlarmRate => Share(FalsePositives, FalsePositives + TrueNegatives);

    /// <summary>Share of the other rows that did not.</summary>
    public double MissingAlarmRate => Share(FalseNegatives, FalseNegatives + TruePositives);

    public static AlarmCounts operator +(AlarmCounts left, AlarmCounts right) => new(
        left.TruePositives + right.TruePositives,
        left.FalsePositives + right.FalsePositives,
        left.TrueNegatives + right.TrueNegatives,
        left.FalseNegatives + right.FalseNegatives);

    public static AlarmCounts Of(ReadOnlySpan<bool> alarms, ReadOnlySpan<bool> isAnomaly)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(alarms.Length, isAnomaly.Length);
        var counts = default(AlarmCounts);
        for (int i = 0; i < alarms.Length; i++)
        {
            counts += (alarms[i], isAnomaly[i]) switch
            {
                (true, true) => new AlarmCounts(1, 0, 0, 0),
                (true, false) => new AlarmCounts(0, 1, 0, 0),
                (false, false) => new AlarmCounts(0, 0, 1, 0),
                (false, true) => new AlarmCounts(0, 0, 0, 1),
            };
        }

        return counts;
    }

    private static double Share(long part, long whole) => whole == 0 ? 0 : (double)part / whole;
}
