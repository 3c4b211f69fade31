namespace Ecart.Domains.Iot.Joint;

/// <summary>
/// Counts time in rows from the first that was learned, so that a row's position in the day is known wherever it lies.
/// </summary>
/// <param name="StartTicks">Event time of the first row, ticks.</param>
/// <param name="StepTicks">Usual ticks from row to row; 0 when unknown.</param>
/// <param name="Season">Rows of a day, when the rows divide a day and enough of them were learned; else 0.</param>
internal readonly record struct RowClock(long StartTicks, long StepTicks, int Season)
{
    /// <summary>Days that must be learned before a daily season is.</summary>
    private const int LeastDays = 7;
    private const int LargestSeason = 100_000;

    /// <summary>The clock of rows.</summary>
    public static RowClock Of(ReadOnlySpan<long> times)
    {
        if (times.Length < 2) return default;
        var steps = new long[times.Length - 1];
        for (int i = 0; i < steps.Length; i++) steps[i] = times[i + 1] - times[i];
        Array.Sort(steps);
        long step = steps[steps.Length / 2];
        if (step <= 0) return default;
        long rows = TimeSpan.TicksPerDay / step;
        bool isSeasonal = rows is >= 2 and <= LargestSeason && rows * step == TimeSpan.TicksPerDay && times.Length >= rows * LeastDays;
        return new RowClock(times[0], step, isSeasonal ? (int)rows : 0);
    }

    /// <summary>Position of a row, 0 and more; 0 without a season.</summary>
    public long PositionOf(long ticks)
    {
        if (Season == 0) return 0;
        long position = (long)Math.Round((ticks - StartTicks) / (double)StepTicks);
        return position >= 0 ? position : ((position % Season) + Season) % Season;
    }
}
