using Ecart.Domains.Iot;
using Ecart.Numerics;

namespace Ecart.Tests.Domains.Iot;

/// <summary>Measurements of devices from a moment on.</summary>
internal static class IotCase
{
    public static readonly DateTime Start = new(2026, 3, 2, 0, 0, 0, DateTimeKind.Utc);
    private static int number;

    /// <summary>A baseline after a day of minutes instead of a week.</summary>
    public static IotOptions Quick { get; } = new() { Baseline = new() { Days = 1, Measurements = 100 } };

    public static IotMeasurement At(
        double minutes,
        double value,
        string device = "pump",
        string signal = "temperature",
        MeasurementType type = MeasurementType.Temperature,
        string? unit = "°C",
        string? location = null) => new()
        {
            EventUid = $"m{Interlocked.Increment(ref number)}",
            OccurredAt = Start.AddMicroseconds(Math.Round(minutes * 60e6)),
            DeviceId = device,
            Signal = signal,
            Type = type,
            Value = value,
            Unit = unit,
            Location = location,
        };

    /// <summary>Every five minutes a temperature of about 20 degrees that is warmer at noon, from a minute on.</summary>
    public static IEnumerable<IotMeasurement> Days(
        double days, ulong seed = 1, double fromMinutes = 0, Func<double, double>? fault = null, string device = "pump", string signal = "temperature")
    {
        var random = new SeededRandom(seed);
        for (double minute = fromMinutes; minute < fromMinutes + (days * 1440); minute += 5)
        {
            double value = 20 + (2 * Math.Sin(2 * Math.PI * (minute - 360) / 1440)) + (0.2 * random.NextNormal());
            yield return At(minute, value + (fault?.Invoke(minute - fromMinutes) ?? 0), device, signal);
        }
    }

    /// <summary>Four signals of a pump in rows of a minute: speed drives flow and power, power the temperature.</summary>
    public static IEnumerable<IotMeasurement> Rows(int rows, ulong seed, double fromMinutes = 0, Func<int, double>? leak = null, string device = "pump")
    {
        var random = new SeededRandom(seed);
        double speed = 0, heat = 0;
        for (int row = 0; row < rows; row++)
        {
            speed = (0.95 * speed) + (0.3 * random.NextNormal());
            heat = (0.9 * heat) + (0.1 * speed);
            double minute = fromMinutes + row;
            yield return At(minute, 1500 + (100 * speed), device, "speed", MeasurementType.Other, "rpm");
            yield return At(minute, 30 + (5 * speed) + (0.3 * random.NextNormal()) - (leak?.Invoke(row) ?? 0), device, "flow", MeasurementType.Flow, "m3/h");
            yield return At(minute, 5 + speed + (0.05 * random.NextNormal()), device, "power", MeasurementType.Power, "kW");
            yield return At(minute, 60 + (8 * heat) + (0.2 * random.NextNormal()), device, "temperature", MeasurementType.Temperature);
        }
    }
}
