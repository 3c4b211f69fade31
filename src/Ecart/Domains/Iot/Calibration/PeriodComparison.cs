using Ecart.Domains.Iot.Signals;

namespace Ecart.Domains.Iot.Calibration;

/// <summary>
/// Whether a signal did one and the same throughout the time that it is calibrated on. Split where the two parts differ most, its level may not differ by three
/// deviations within the parts, nor the size of its changes threefold. What the hour of the day brings is taken away first. Stateless.
/// </summary>
internal static class PeriodComparison
{
    /// <summary>Difference of two levels in deviations within the parts: a straight drift without noise reaches 3.5, a daily course over some days 2.</summary>
    private const double LeastShift = 3;

    /// <summary>Ratio of two spreads.</summary>
    private const double LeastRatio = 3;

    /// <summary>Share of the values that each of two parts has at least, for levels.</summary>
    private const double LeastLevelShare = 0.1;

    /// <summary>The same for spreads, where the steep and the flat quarter of a daily course must not make a difference.</summary>
    private const double LeastSpreadShare = 0.25;

    /// <summary>Values that each of two parts has at least.</summary>
    private const int LeastValues = 20;

    /// <summary>What lies further out counts as this many deviations: a few outliers are no shift.</summary>
    private const double Outermost = 10;

    /// <summary>Days below which a daily course cannot be told from a shift, but that a shift is sudden.</summary>
    private const double CourseDays = 2;

    /// <summary>A shift of the level, or else a change of the spread; null for neither.</summary>
    public static CalibrationDoubt? Find(string signal, ValueSample sample, SignalBaseline baseline, BaselineOptions options)
    {
        double[] values = WithoutCourse(sample);
        double farthest = Outermost * baseline.Spread;
        for (int i = 0; i < values.Length; i++) values[i] = Math.Clamp(values[i], baseline.Centre - farthest, baseline.Centre + farthest);
        double floor = options.Accuracy * (Math.Abs(sample.Mean) + sample.Deviation);
        return FindShift(signal, sample, values, floor) ?? FindSpread(signal, sample, values, floor);
    }

    /// <summary>A level or a spread that is another than what was normal before; null for neither.</summary>
    /// <param name="signal">The signal.</param>
    /// <param name="before">Mean and standard deviation of what was normal before.</param>
    /// <param name="after">What is normal now.</param>
    /// <param name="options">Constants.</param>
    public static CalibrationDoubt? Against(string signal, (double Mean, double Deviation) before, SignalBaseline after, BaselineOptions options)
    {
        double floor = options.Accuracy * (Math.Abs(before.Mean) + before.Deviation);
        double usual = Math.Max(before.Deviation, floor);
        if (!(usual > 0)) return null;
        if (Math.Abs(after.Mean - before.Mean) >= LeastShift * usual)
            return new CalibrationDoubt(signal, CalibrationDoubtKind.OtherLevel, before.Mean, after.Mean, null);
        return IsOther(usual, Math.Max(after.Deviation, floor))
            ? new CalibrationDoubt(signal, CalibrationDoubtKind.OtherSpread, before.Deviation, after.Deviation, null)
            : null;
    }

    /// <summary>
    /// The values without what each hour of the day brings against the mean of its own day: other than the effects of a baseline it is not blurred by what is looked for.
    /// </summary>
    private static double[] WithoutCourse(ValueSample sample)
    {
        double[] values = [.. sample.Values];
        if (IsShort(sample)) return values;
        var days = new Dictionary<long, (double Sum, int Count)>();
        for (int i = 0; i < values.Length; i++)
        {
            (double sum, int count) = days.GetValueOrDefault(DayOf(sample.Times[i]));
            days[DayOf(sample.Times[i])] = (sum + values[i], count + 1);
        }

        var effects = new (double Sum, int Count)[SignalBaseline.Hours];
        for (int i = 0; i < values.Length; i++)
        {
            (double sum, int count) = days[DayOf(sample.Times[i])];
            ref (double Sum, int Count) effect = ref effects[HourOf(sample.Times[i])];
            effect = (effect.Sum + values[i] - (sum / count), effect.Count + 1);
        }

        for (int i = 0; i < values.Length; i++)
        {
            (double sum, int count) = effects[HourOf(sample.Times[i])];
            values[i] -= sum / count;
        }

        return values;
    }

    private static long DayOf(long ticks) => ticks / TimeSpan.TicksPerDay;

    private static int HourOf(long ticks) => (int)(ticks % TimeSpan.TicksPerDay / TimeSpan.TicksPerHour);

    private static bool IsShort(ValueSample sample) => sample.LastTicks - sample.FirstTicks < CourseDays * TimeSpan.TicksPerDay;

    private static CalibrationDoubt? FindShift(string signal, ValueSample sample, double[] values, double floor)
    {
        int least = Math.Max(LeastValues, (int)(LeastLevelShare * values.Length));
        var moments = new Moments(values);
        bool isShort = IsShort(sample);
        double largest = 0;
        int split = 0;
        for (int i = least; i <= values.Length - least; i++)
        {
            double within = Math.Sqrt((moments.Scatter(0, i) + moments.Scatter(i, values.Length)) / values.Length);
            within = Math.Max(within, floor);
            double shift = Math.Abs(moments.Mean(i, values.Length) - moments.Mean(0, i));
            if (isShort) shift = Math.Min(shift, Math.Abs(moments.Mean(i, i + least) - moments.Mean(i - least, i)));
            if (!(shift / within > largest)) continue;
            largest = shift / within;
            split = i;
        }

        return largest < LeastShift
            ? null
            : new CalibrationDoubt(
                signal, CalibrationDoubtKind.LevelShift, moments.Mean(0, split), moments.Mean(split, values.Length), TimeOf(sample, split));
    }

    /// <summary>By the change from value to value, of which a slow course is no part.</summary>
    private static CalibrationDoubt? FindSpread(string signal, ValueSample sample, double[] values, double floor)
    {
        if (values.Length < 2) return null;
        var changes = new double[values.Length - 1];
        for (int i = 0; i < changes.Length; i++) changes[i] = Math.Abs(values[i + 1] - values[i]);
        int least = Math.Max(LeastValues, (int)(LeastSpreadShare * changes.Length));
        var moments = new Moments(changes);
        double largest = 1;
        int split = 0;
        for (int i = least; i <= changes.Length - least; i++)
        {
            double before = Math.Max(moments.Mean(0, i), floor);
            double after = Math.Max(moments.Mean(i, changes.Length), floor);
            double ratio = Math.Max(before / after, after / before);
            if (!(ratio > largest)) continue;
            largest = ratio;
            split = i;
        }

        return largest < LeastRatio
            ? null
            : new CalibrationDoubt(
                signal, CalibrationDoubtKind.SpreadChange, moments.Mean(0, split), moments.Mean(split, changes.Length), TimeOf(sample, split + 1));
    }

    private static bool IsOther(double before, double after) => Math.Max(before / after, after / before) >= LeastRatio;

    private static DateTime TimeOf(ValueSample sample, int position) => new(sample.Times[position], DateTimeKind.Utc);

    /// <summary>Sums of a prefix of values, above the first so that a small spread about a large value is not lost.</summary>
    private readonly struct Moments
    {
        private readonly double origin;
        private readonly double[] sums;
        private readonly double[] squares;

        public Moments(double[] values)
        {
            origin = values.Length == 0 ? 0 : values[0];
            sums = new double[values.Length + 1];
            squares = new double[values.Length + 1];
            for (int i = 0; i < values.Length; i++)
            {
                double above = values[i] - origin;
                sums[i + 1] = sums[i] + above;
                squares[i + 1] = squares[i] + (above * above);
            }
        }

        public double Mean(int from, int to) => origin + ((sums[to] - sums[from]) / (to - from));

        /// <summary>Sum of the squared distances from the mean.</summary>
        public double Scatter(int from, int to)
        {
            double sum = sums[to] - sums[from];
            return Math.Max(0, squares[to] - squares[from] - (sum * sum / (to - from)));
        }
    }
}
