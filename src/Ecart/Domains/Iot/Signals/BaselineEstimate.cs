using System.Numerics.Tensors;

namespace Ecart.Domains.Iot.Signals;

/// <summary>Makes a baseline of a sample of normal values by medians, so that what does not belong there does little.</summary>
internal static class BaselineEstimate
{
    /// <summary>Median absolute deviation of a normal distribution, as its standard deviation.</summary>
    private const double NormalOfMedian = 1.4826;

    /// <summary>Values of an hour that pull its effect half way from nothing.</summary>
    private const double HourPrior = 4;

    /// <summary>The robust deviation is at least this share of the ordinary one: rare bursts are part of what is normal.</summary>
    private const double LeastOfDeviation = 0.1;

    /// <summary>Hours have an effect only if without it so little of the spread is left.</summary>
    private const double MostLeft = 0.8;

    /// <summary>The baseline of a sample, which holds at least one value.</summary>
    public static SignalBaseline Of(ValueSample sample, BaselineOptions options)
    {
        double[] room = new double[sample.Kept];
        sample.Values.CopyTo(room);
        double centre = Median(room);
        double floor = FloorOf(sample, options);
        double spread = RobustDeviation(sample.Values, room, centre, sample.Deviation, floor);
        double scale = spread;
        if (HourEffects(sample, centre, options) is { } effects)
        {
            var seasonal = new SignalBaseline
            {
                Centre = centre,
                Spread = spread,
                Scale = 1,
                Change = 1,
                HourEffects = effects,
                Count = 0,
                Minimum = 0,
                Maximum = 0,
                Mean = 0,
                Deviation = 0,
            };
            double[] residuals = new double[sample.Kept];
            for (int i = 0; i < residuals.Length; i++) residuals[i] = seasonal.Residual(sample.Times[i], sample.Values[i]);
            residuals.CopyTo(room, 0);
            double shift = Median(room);
            double deviation = Math.Sqrt(TensorPrimitives.SumOfSquares<double>(residuals) / residuals.Length);
            double left = RobustDeviation(residuals, room, shift, deviation, floor);
            if (left <= MostLeft * spread) return Baseline(sample, centre + shift, spread, left, floor, effects);
        }

        return Baseline(sample, centre, spread, scale, floor, null);
    }

    private static SignalBaseline Baseline(ValueSample sample, double centre, double spread, double scale, double floor, double[]? effects) => new()
    {
        Centre = centre,
        Spread = spread,
        Scale = scale,
        Change = Math.Max(sample.Change, floor),
        HourEffects = effects,
        Count = sample.Count,
        Minimum = sample.Minimum,
        Maximum = sample.Maximum,
        Mean = sample.Mean,
        Deviation = sample.Deviation,
    };

    /// <summary>What an instrument cannot tell; 1 where everything was 0.</summary>
    private static double FloorOf(ValueSample sample, BaselineOptions options)
    {
        double floor = options.Accuracy * (Math.Abs(sample.Mean) + sample.Deviation);
        return floor > 0 ? floor : 1;
    }

    private static double RobustDeviation(ReadOnlySpan<double> values, double[] room, double centre, double deviation, double floor)
    {
        for (int i = 0; i < room.Length; i++) room[i] = Math.Abs(values[i] - centre);
        double robust = NormalOfMedian * Median(room);
        // More than half are one value: a switch, or a coarse reading.
        if (robust == 0) robust = deviation;
        return Math.Max(Math.Max(robust, LeastOfDeviation * deviation), floor);
    }

    private static double[]? HourEffects(ValueSample sample, double centre, BaselineOptions options)
    {
        if (sample.LastTicks - sample.FirstTicks < options.SeasonDays * TimeSpan.TicksPerDay) return null;
        var hours = new List<double>[SignalBaseline.Hours];
        for (int hour = 0; hour < hours.Length; hour++) hours[hour] = [];
        var days = new HashSet<(int Hour, long Day)>();
        for (int i = 0; i < sample.Kept; i++)
        {
            long ticks = sample.Times[i];
            int hour = (int)(ticks % TimeSpan.TicksPerDay / TimeSpan.TicksPerHour);
            hours[hour].Add(sample.Values[i]);
            days.Add((hour, ticks / TimeSpan.TicksPerDay));
        }

        var effects = new double[SignalBaseline.Hours];
        for (int hour = 0; hour < hours.Length; hour++)
        {
            if (days.Count(seen => seen.Hour == hour) < options.SeasonDays) return null;
            double[] values = [.. hours[hour]];
            effects[hour] = (Median(values) - centre) * values.Length / (values.Length + HourPrior);
        }

        return effects;
    }

    /// <summary>Sorts what it is given.</summary>
    private static double Median(double[] values)
    {
        Array.Sort(values);
        int middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : values[middle - 1] + ((values[middle] - values[middle - 1]) / 2);
    }
}
