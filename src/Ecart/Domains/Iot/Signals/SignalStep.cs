using Ecart.Domains.Iot.Units;

namespace Ecart.Domains.Iot.Signals;

/// <summary>One measurement of one signal: what is known of it before it is learned, and how it changes what is known. Stateless.</summary>
internal static class SignalStep
{
    /// <summary>Fills what the signal alone makes of its next measurement. Changes nothing that is remembered.</summary>
    public static void Look(SignalReading reading, IotOptions options)
    {
        if (reading.Signal is not { } signal) return;
        IotMeasurement measurement = reading.Event!;
        long ticks = measurement.OccurredAt.Ticks;
        reading.Value = UnitReader.Read(measurement, signal, options.UnitChange, out reading.ForeignUnit);
        reading.Intervals = signal.NewestTicks == 0 ? double.NaN : signal.Intervals.RatioOf(ticks - signal.NewestTicks, options.Gap.MinimumIntervals);
        if (double.IsNaN(reading.Value)) return;
        reading.Unchanged = signal.Run.LengthWith(reading.Value);
        if (signal.Baseline is not { } baseline) return;
        reading.StandardValue = (reading.Value - baseline.Centre) / baseline.Spread;
        reading.Residual = baseline.Residual(ticks, reading.Value);
        // The first after a baseline was made has none before it on its scale; after a silence a larger step is usual.
        double steps = double.IsNaN(reading.Intervals) ? 1 : Math.Max(1, reading.Intervals);
        if (signal.Features.Count > 0) reading.Difference = (reading.Value - signal.LastValue) / (baseline.Change * Math.Sqrt(steps));
        reading.Features = signal.Features.With(reading.Residual, Math.Abs(reading.Difference), options.Windows);
    }

    /// <summary>Takes the measurement in: everything but what is learned as normal.</summary>
    public static void Learn(SignalReading reading, SignalState signal, IotOptions options)
    {
        IotMeasurement measurement = reading.Event!;
        long ticks = measurement.OccurredAt.Ticks;
        if (signal.NewestTicks > 0) signal.Intervals.Add(ticks - signal.NewestTicks);
        LearnTime(reading, signal, ticks, options);
        signal.Count++;
        signal.UnitText ??= measurement.Unit;
        if (double.IsNaN(reading.Value)) return;
        signal.ForeignMeasurements = 0;
        signal.Run.Add(ticks, reading.Value, options.StuckSensor);
        if (signal.Baseline is not null) signal.Features = reading.Features;
        signal.LastValue = reading.Value;
    }

    /// <summary>A clock that jumped ahead may go back for a while to where it was.</summary>
    private static void LearnTime(SignalReading reading, SignalState signal, long ticks, IotOptions options)
    {
        if (reading.IsClockSetBack)
        {
            signal.NewestTicks = ticks;
            signal.BeforeJumpTicks = 0;
            return;
        }

        long lateness = options.AllowedLatenessMinutes * TimeSpan.TicksPerMinute;
        if (signal.NewestTicks > 0 && ticks - signal.NewestTicks > lateness)
        {
            signal.BeforeJumpTicks = signal.NewestTicks;
            signal.SinceJump = 0;
        }
        else if (signal.BeforeJumpTicks > 0 && ++signal.SinceJump > options.ClockJump.PatienceMeasurements)
        {
            signal.BeforeJumpTicks = 0;
        }

        signal.NewestTicks = Math.Max(signal.NewestTicks, ticks);
    }
}
