using System.Globalization;
using System.Text.Json;

namespace Ecart.Checker.Soak;

/// <summary>What a soak came to.</summary>
/// <param name="Options">What was done.</param>
/// <param name="Capacity">Events a second at full speed.</param>
/// <param name="Rate">Events a second that were fed.</param>
/// <param name="Produced">Events produced in all.</param>
/// <param name="Stored">Events stored in the end.</param>
/// <param name="Samples">What was seen.</param>
internal sealed record SoakResult(SoakOptions Options, double Capacity, double Rate, long Produced, long Stored, IReadOnlyList<Sample> Samples)
{
    private const string Levels = "▁▂▃▄▅▆▇█";
    private const int Width = 60;
    private const double Mebibyte = 1 << 20;

    /// <summary>Resident memory.</summary>
    public Trend Resident => Trend.Of([.. Samples.Select(sample => (sample.Seconds, sample.Resident))]);

    /// <summary>Managed memory: the level that it falls back to after collections.</summary>
    public Trend Managed => Trend.OfFloor([.. Samples.Select(sample => (sample.Seconds, sample.Managed))]);

    /// <summary>Events produced and not durable.</summary>
    public Trend Lag => Trend.Of([.. Samples.Select(sample => (sample.Seconds, sample.Lag))]);

    /// <summary>
    /// Over the second half, resident memory and the floor of managed memory grow by less than 1 % of their mean a minute, and the line through the lag rises by less than what
    /// is fed in a second.
    /// </summary>
    public bool IsFlat => Resident.IsFlat && Managed.IsFlat && Lag.Rise < Rate;

    /// <summary>Whether everything produced is stored.</summary>
    public bool IsComplete => Produced == Stored;

    /// <summary>The report; its last line is JSON.</summary>
    public void Write(TextWriter output)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"capacity {Capacity:N0} events/s through {Options.Producer}; fed {Rate:N0} events/s for {Options.Time.TotalMinutes:F1} min; {Produced:N0} produced, {Stored:N0} stored"));
        Line(output, "resident MiB", Samples.Select(sample => sample.Resident / Mebibyte), Resident.PerMinute / Mebibyte, Resident.IsFlat);
        Line(output, "managed MiB", Samples.Select(sample => sample.Managed / Mebibyte), Managed.PerMinute / Mebibyte, Managed.IsFlat);
        Line(output, "lag events", Samples.Select(sample => sample.Lag), Lag.PerMinute, Lag.Rise < Rate);
        output.WriteLine("flat: over the second half, resident memory and the floor of the managed heap grow by less than 1 % of their mean a minute, and lag rises by less than a second's feed");
        output.WriteLine(JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["check"] = "soak",
            ["producer"] = Options.Producer.ToString().ToLowerInvariant(),
            ["minutes"] = Math.Round(Options.Time.TotalMinutes, 2),
            ["capacity"] = Math.Round(Capacity),
            ["events_per_second"] = Math.Round(Rate),
            ["produced"] = Produced,
            ["stored"] = Stored,
            ["resident_mib"] = Math.Round(Resident.Mean / Mebibyte, 1),
            ["resident_mib_per_minute"] = Math.Round(Resident.PerMinute / Mebibyte, 2),
            ["managed_mib"] = Math.Round(Managed.Mean / Mebibyte, 1),
            ["managed_mib_per_minute"] = Math.Round(Managed.PerMinute / Mebibyte, 2),
            ["lag"] = Math.Round(Lag.Mean),
            ["lag_per_minute"] = Math.Round(Lag.PerMinute),
            ["verdict"] = IsFlat ? "flat" : "grows",
        }));
    }

    private static void Line(TextWriter output, string name, IEnumerable<double> values, double perMinute, bool isFlat)
    {
        double[] all = [.. values];
        if (all.Length == 0) return;
        double[] columns = [.. all.Chunk((all.Length + Width - 1) / Width).Select(some => some.Max())];
        double least = columns.Min();
        double range = Math.Max(columns.Max() - least, double.Epsilon);
        string line = string.Concat(columns.Select(value => Levels[Math.Min(Levels.Length - 1, (int)((value - least) / range * Levels.Length))]));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{name,-13} {all.Min(),10:N1} to {all.Max(),10:N1}  {line}  {perMinute,9:+0.00;-0.00} a minute  {(isFlat ? "flat" : "grows")}"));
    }
}
