using Ecart.Detection.Batch;

namespace Ecart.Detection.Streaming.TimeSeries;

/// <summary>
/// Distance from what this part of the day brings, or this part of this day of the week, whichever is nearer, in units of the usual distance. Expectations are
/// relative to a slowly moving level, so that a lasting shift is a surprise once and not at every hour of the days that follow.
/// </summary>
internal sealed class SeasonalResidual(TimeSeriesOptions options) : SeriesStatistic
{
    private const int LeastPoints = 50;
    private const double LevelRate = 0.005;
    private const double DistanceRate = 0.001;
    private const double DistanceFloor = 1e-3;
    /// <summary>Of a week, in parts of its days; and of any day, in the last row.</summary>
    private readonly double[] expected = new double[8 * options.PartsOfDay];
    private readonly int[] visits = new int[8 * options.PartsOfDay];
    private readonly double logOfRest = Math.Log(Math.Max(1 - options.SeasonRate, 1e-9));
    private double level;
    private double distance;
    private long count;
    private long lastTicks;

    public override long Bytes => (long)expected.Length * (sizeof(double) + sizeof(int));

    public override double Measure(in SeriesPoint point) => count < LeastPoints || visits[PartOfAnyDay(point.Ticks)] == 0
        ? 0
        : Ratio(DistanceOf(point), Math.Max(distance, DistanceFloor * Math.Abs(level)));

    public override void Learn(in SeriesPoint point)
    {
        if (count == 0) level = point.Value;
        count++;
        distance += Math.Max(DistanceRate, 1.0 / count) * (DistanceOf(point) - distance);
        double rate = RateAfter(point.Ticks - lastTicks);
        Approach(PartOfAnyDay(point.Ticks), point.Value - level, rate);
        Approach(PartOfWeek(point.Ticks), point.Value - level, rate);
        level += Math.Max(LevelRate, 1.0 / count) * (point.Value - level);
        lastTicks = point.Ticks;
    }

    public override void Write(ArtefactWriter writer)
    {
        writer.Doubles(expected);
        writer.Ints(visits);
        writer.Double(level);
        writer.Double(distance);
        writer.Long(count);
        writer.Long(lastTicks);
    }

    public override void Read(ref ArtefactReader reader)
    {
        reader.Doubles(expected.Length).CopyTo(expected, 0);
        reader.Ints(visits.Length).CopyTo(visits, 0);
        level = reader.Double();
        distance = reader.Double();
        count = reader.Long();
        lastTicks = reader.Long();
    }

    private double DistanceOf(in SeriesPoint point)
    {
        double residual = point.Value - level;
        double day = Math.Abs(residual - expected[PartOfAnyDay(point.Ticks)]);
        int part = PartOfWeek(point.Ticks);
        return visits[part] == 0 ? day : Math.Min(day, Math.Abs(residual - expected[part]));
    }

    private void Approach(int part, double residual, double rate)
    {
        visits[part] = Math.Min(visits[part] + 1, int.MaxValue - 1);
        expected[part] += Math.Max(rate, 1.0 / visits[part]) * (residual - expected[part]);
    }

    /// <summary>However many points a part of the day has, together they move its expectation by <see cref="TimeSeriesOptions.SeasonRate"/>.</summary>
    private double RateAfter(long ticks)
    {
        double share = Math.Clamp(ticks * (double)options.PartsOfDay / TimeSpan.TicksPerDay, 0, 1);
        return 1 - Math.Exp(logOfRest * share);
    }

    private int PartOfDay(long ticks) => (int)(ticks % TimeSpan.TicksPerDay * options.PartsOfDay / TimeSpan.TicksPerDay);

    private int PartOfAnyDay(long ticks) => (7 * options.PartsOfDay) + PartOfDay(ticks);

    private int PartOfWeek(long ticks) => ((int)(ticks / TimeSpan.TicksPerDay % 7) * options.PartsOfDay) + PartOfDay(ticks);
}
