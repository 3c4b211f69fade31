using Ecart.Detection.Batch;

namespace Ecart.Detection.Streaming.TimeSeries;

/// <summary>
/// Distance from what this part of the day brings, in units of the usual distance. A part's expectation is relative to a slowly moving level, so that a
/// lasting shift is a surprise once and not at every hour of the days that follow.
/// </summary>
internal sealed class SeasonalResidual(TimeSeriesOptions options) : SeriesStatistic
{
    private const int LeastPoints = 50;
    private const double LevelRate = 0.005;
    private const double DistanceRate = 0.001;
    private const double DistanceFloor = 1e-3;
    private readonly double[] expected = new double[options.PartsOfDay];
    private readonly int[] visits = new int[options.PartsOfDay];
    private readonly double logOfRest = Math.Log(Math.Max(1 - options.SeasonRate, 1e-9));
    private double level;
    private double distance;
    private long count;
    private long lastTicks;

    public override long Bytes => (long)expected.Length * (sizeof(double) + sizeof(int));

    public override double Measure(in SeriesPoint point)
    {
        int part = PartOf(point.Ticks);
        if (count < LeastPoints || visits[part] == 0) return 0;
        return Ratio(Math.Abs(point.Value - level - expected[part]), Math.Max(distance, DistanceFloor * Math.Abs(level)));
    }

    public override void Learn(in SeriesPoint point)
    {
        if (count == 0) level = point.Value;
        int part = PartOf(point.Ticks);
        double residual = point.Value - level;
        double surprise = Math.Abs(residual - (visits[part] == 0 ? 0 : expected[part]));
        count++;
        distance += Math.Max(DistanceRate, 1.0 / count) * (surprise - distance);
        visits[part] = Math.Min(visits[part] + 1, int.MaxValue - 1);
        expected[part] += Math.Max(RateAfter(point.Ticks - lastTicks), 1.0 / visits[part]) * (residual - expected[part]);
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

    /// <summary>However many points a part of the day has, together they move its expectation by <see cref="TimeSeriesOptions.SeasonRate"/>.</summary>
    private double RateAfter(long ticks)
    {
        double share = Math.Clamp(ticks * (double)options.PartsOfDay / TimeSpan.TicksPerDay, 0, 1);
        return 1 - Math.Exp(logOfRest * share);
    }

    private int PartOf(long ticks) => (int)(ticks % TimeSpan.TicksPerDay * options.PartsOfDay / TimeSpan.TicksPerDay);
}
