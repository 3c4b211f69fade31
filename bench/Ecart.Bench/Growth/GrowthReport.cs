using System.Globalization;
using System.Text.Json;

namespace Ecart.Bench.Growth;

/// <summary>Tells the runs to a person, then to a machine.</summary>
internal static class GrowthReport
{
    private const double Mebibyte = 1 << 20;

    private static readonly string[] Headings =
        ["accounts", "events fall", "events/s", "misses an event", "resident", "bytes each", "rest MiB", "peak MiB"];

    private static readonly string[] Notes =
    [
        "misses    accounts read from the store for each event; this and events/s over the second half of a run, when memory is full.",
        "bytes     managed memory freed for each account when all are dropped; rest: verdict histories of devices, addresses and merchants, bounded by days; buffers.",
        "peak      most managed memory in use at any moment of a run, garbage and batches included.",
    ];

    public static void Write(GrowthOptions options, IReadOnlyList<GrowthResult> results, int stateBytes, string server)
    {
        ReportTable.Write(
            $"MariaDB {server}, innodb_flush_log_at_trx_commit=1, {Environment.ProcessorCount} processors\n" + string.Create(
                CultureInfo.InvariantCulture,
                $"Cap: {options.MostResident:N0} accounts in memory, {options.CapMebibytes:N0} MiB of managed memory. Every account is known to the store before, {stateBytes:N0} bytes each."),
            Headings,
            results.Select(Cells));
        foreach (string note in Notes) Console.WriteLine(note);
        Console.WriteLine(Json(options, results));
    }

    /// <summary>Which runs exceeded the cap, for a person; null when it held.</summary>
    public static string? Excess(GrowthOptions options, IReadOnlyList<GrowthResult> results)
    {
        GrowthResult[] excessive =
            [.. results.Where(result => result.Resident > options.MostResident || result.PeakBytes > options.CapMebibytes * Mebibyte)];
        if (excessive.Length == 0) return null;
        return $"The cap of {options.MostResident:N0} accounts and {options.CapMebibytes:N0} MiB did not hold: " + string.Join("; ", excessive.Select(result =>
            $"{result.Accounts:N0} accounts, {result.Distribution}: {result.Resident:N0} resident, {result.PeakBytes / Mebibyte:N0} MiB"));
    }

    private static string[] Cells(GrowthResult result) =>
    [
        Whole(result.Accounts),
        result.Distribution,
        Whole(result.PerSecond),
        result.MissesPerEvent.ToString("F3", CultureInfo.InvariantCulture),
        Whole(result.Resident),
        Whole(result.BytesPerResident),
        Whole(result.RestBytes / Mebibyte),
        Whole(result.PeakBytes / Mebibyte),
    ];

    private static string Whole(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Json(GrowthOptions options, IReadOnlyList<GrowthResult> results) => JsonSerializer.Serialize(new Dictionary<string, object>
    {
        ["bench"] = "growth",
        ["cap_entities"] = options.MostResident,
        ["cap_mib"] = options.CapMebibytes,
        ["cap_holds"] = Excess(options, results) is null,
        ["peak_mib"] = Math.Round(results.Max(result => result.PeakBytes) / Mebibyte),
        ["bytes_per_entity"] = Math.Round(results.Max(result => result.BytesPerResident)),
        ["runs"] = results.Select(result => new Dictionary<string, object>
        {
            ["entities"] = result.Accounts,
            ["distribution"] = result.Distribution.ToLowerInvariant(),
            ["events_per_second"] = Math.Round(result.PerSecond),
            ["misses_per_event"] = Math.Round(result.MissesPerEvent, 3),
            ["resident"] = result.Resident,
            ["bytes_per_entity"] = Math.Round(result.BytesPerResident),
            ["peak_mib"] = Math.Round(result.PeakBytes / Mebibyte),
        }),
    });
}
