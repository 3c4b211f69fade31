namespace Ecart.Domains.Iot;

/// <summary>Writes a measurement as a vector by <see cref="IotLayout"/>. Stateless.</summary>
internal static class IotEmbedder
{
    private const double TimeWeight = 0.1;
    private const double DayWeight = 0.05;
    private const double TypeWeight = 0.1;
    private const double IntervalWeight = 0.1;
    private const double UnchangedWeight = 0.1;

    /// <summary>Fills 32 finite floats; what is not known is 0.</summary>
    public static void Embed(SignalReading reading, SignalWindowOptions windows, Span<float> vector)
    {
        vector.Clear();
        IotMeasurement measurement = reading.Event!;
        WriteTime(measurement.OccurredAt, vector);
        vector[IotLayout.Type + (int)measurement.Type] = (float)TypeWeight;
        if (reading.Intervals > 0) Write(IotLayout.Interval, IntervalWeight * Math.Log(reading.Intervals), vector);
        Write(IotLayout.Unchanged, UnchangedWeight * Math.Log(1 + reading.Unchanged), vector);
        if (double.IsNaN(reading.Residual)) return;
        Write(IotLayout.Value, reading.StandardValue, vector);
        Write(IotLayout.SeasonalResidual, reading.Residual, vector);
        Write(IotLayout.Difference, reading.Difference, vector);
        Write(IotLayout.ShortMean, reading.Features.Short.Mean, vector);
        Write(IotLayout.ShortDeviation, reading.Features.Short.Deviation, vector);
        Write(IotLayout.ShortSlope, reading.Features.Short.Slope(windows.ShortMeasurements), vector);
        Write(IotLayout.ShortRoughness, reading.Features.Short.Roughness, vector);
        Write(IotLayout.LongMean, reading.Features.Long.Mean, vector);
        Write(IotLayout.LongDeviation, reading.Features.Long.Deviation, vector);
        Write(IotLayout.LongSlope, reading.Features.Long.Slope(windows.LongMeasurements), vector);
        Write(IotLayout.LongRoughness, reading.Features.Long.Roughness, vector);
        Write(IotLayout.MeanShift, reading.Features.Short.Mean - reading.Features.Long.Mean, vector);
        if (reading.Signal?.Baseline is not { } baseline) return;
        Write(IotLayout.Above, Math.Max(0, reading.Value - baseline.Maximum) / baseline.Scale, vector);
        Write(IotLayout.Below, Math.Max(0, baseline.Minimum - reading.Value) / baseline.Scale, vector);
    }

    private static void WriteTime(DateTime time, Span<float> vector)
    {
        (double sin, double cos) = Math.SinCos(2 * Math.PI * time.TimeOfDay.TotalHours / 24);
        vector[IotLayout.HourSin] = (float)(TimeWeight * sin);
        vector[IotLayout.HourCos] = (float)(TimeWeight * cos);
        (sin, cos) = Math.SinCos(2 * Math.PI * (int)time.DayOfWeek / 7);
        vector[IotLayout.DaySin] = (float)(DayWeight * sin);
        vector[IotLayout.DayCos] = (float)(DayWeight * cos);
        vector[IotLayout.Weekend] = time.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? (float)DayWeight : 0;
    }

    private static void Write(int position, double value, Span<float> vector) =>
        vector[position] = double.IsNaN(value) ? 0 : (float)Math.Clamp(value, -IotLayout.Limit, IotLayout.Limit);
}
