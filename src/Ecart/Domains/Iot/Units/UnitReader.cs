using Ecart.Domains.Iot.Signals;

namespace Ecart.Domains.Iot.Units;

/// <summary>Says a measurement in its signal's usual unit, which is the first that it came in. Stateless.</summary>
internal static class UnitReader
{
    /// <summary>What is told of a unit that is not known or of another quantity.</summary>
    private const string Foreign = "a unit that cannot be converted";

    /// <summary>Reads a measurement.</summary>
    /// <param name="measurement">The measurement.</param>
    /// <param name="signal">What is known of its signal.</param>
    /// <param name="options">When a value is taken for one in another unit.</param>
    /// <param name="foreign">Name of the unit that it seems to be in although it says otherwise or nothing; null when all is well.</param>
    /// <returns>The value in the usual unit; NaN when it cannot be said.</returns>
    public static double Read(IotMeasurement measurement, SignalState signal, UnitChangeOptions options, out string? foreign)
    {
        foreign = null;
        double value = measurement.Value;
        if (measurement.Unit is { } text && signal.UnitText is { } usual && text != usual)
        {
            MeasurementUnit? unit = MeasurementUnit.Find(text);
            if (unit is null || signal.Unit is not { } known || known.Quantity != unit.Quantity)
            {
                foreign = Foreign;
                return double.NaN;
            }

            value = unit.Convert(value, known);
        }

        return signal.Baseline is { } baseline && signal.Profile is not null
            ? Guess(value, measurement, signal, baseline, options, ref foreign)
            : value;
    }

    /// <summary>A value far from anything usual that is an ordinary one in another unit is taken for that.</summary>
    private static double Guess(
        double value, IotMeasurement measurement, SignalState signal, SignalBaseline baseline, UnitChangeOptions options, ref string? foreign)
    {
        long ticks = measurement.OccurredAt.Ticks;
        if (Math.Abs(baseline.Residual(ticks, value)) <= options.FarSigmas) return value;
        if ((signal.Unit?.Quantity ?? MeasurementUnit.QuantityOf(signal.Type)) is not { } quantity) return value;
        ReadOnlySpan<MeasurementUnit> units = MeasurementUnit.UsualOf(quantity);
        foreach (MeasurementUnit to in units)
        {
            if (signal.Unit is { } known && to != known) continue;
            foreach (MeasurementUnit from in units)
            {
                if (from == to) continue;
                double converted = from.Convert(value, to);
                if (Math.Abs(baseline.Residual(ticks, converted)) > options.NearSigmas) continue;
                foreign = from.Symbol;
                return converted;
            }
        }

        return value;
    }
}
