namespace Ecart.Eval.Plants;

/// <summary>Counts time in samples from the first training row, so that a row's position in the day is known wherever its file begins.</summary>
internal sealed class SamplingClock
{
    /// <summary>Days that training must hold before a daily season is learned.</summary>
    private const int LeastDays = 7;

    private readonly DateTime start;
    private readonly TimeSpan step;

    private SamplingClock(DateTime start, TimeSpan step, int season)
    {
        this.start = start;
        this.step = step;
        Season = season;
    }

    /// <summary>Rows of a day, when the rows divide a day and training holds enough of them; else 0.</summary>
    public int Season { get; }

    /// <summary>The clock of training rows; null times count rows only.</summary>
    public static SamplingClock Of(DateTime[]? times)
    {
        if (times is null || times.Length < 2) return new SamplingClock(default, TimeSpan.Zero, 0);
        long[] steps = [.. times.Skip(1).Zip(times, (later, earlier) => (later - earlier).Ticks).Order()];
        long ticks = steps[steps.Length / 2];
        if (ticks <= 0) return new SamplingClock(default, TimeSpan.Zero, 0);
        long rows = TimeSpan.TicksPerDay / ticks;
        bool isSeasonal = rows >= 2 && rows * ticks == TimeSpan.TicksPerDay && times.Length >= rows * LeastDays;
        return new SamplingClock(times[0], TimeSpan.FromTicks(ticks), isSeasonal ? (int)rows : 0);
    }

    /// <summary>Position of a row of another file, 0 and more.</summary>
    public long PositionOf(DateTime[]? times, int row)
    {
        if (times is null || Season == 0) return row;
        long position = (long)Math.Round((times[row] - start) / step);
        return position >= 0 ? position : ((position % Season) + Season) % Season;
    }
}
