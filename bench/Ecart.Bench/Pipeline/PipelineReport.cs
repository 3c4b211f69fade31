using System.Globalization;
using System.Text.Json;

namespace Ecart.Bench.Pipeline;

/// <summary>Tells the rounds to a person, then to a machine.</summary>
internal static class PipelineReport
{
    private static readonly string[] Headings =
    [
        "round", "pipeline/s", "copy/s", "sorted/s", "tuned/s", "ratio", "to tuned", "pipeline µs", "copy µs", "scoring/s", "bytes",
    ];

    private static readonly string[] Notes =
    [
        "copy/s   bare MySqlBulkCopy, the best of 1, 2 and 3 connections (in parentheses), rows in the order of events.",
        "sorted   the same with each batch in the order of the primary key, as the pipeline writes it; tuned: and vectors as Base64, which an expression decodes.",
        "ratio    pipeline to the faster of both bare copies; beside it, pipeline to the fastest copy of any kind.",
        "µs       processor time an event, of program and server together; other work on the machine disturbs it less than the clock.",
        "scoring  events scored and learned a second on one core without a store, and bytes allocated for each.",
    ];

    public static void Write(IReadOnlyList<PipelineRound> rounds, StorageFootprint footprint, string server)
    {
        ReportTable.Write(
            $"MariaDB {server}, innodb_flush_log_at_trx_commit=1, {Environment.ProcessorCount} processors",
            Headings,
            rounds.Select((round, i) => Cells(i + 1, round)));
        foreach (string note in Notes) Console.WriteLine(note);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"An event takes {footprint.Total:N0} bytes on disk: row {footprint.EventBytes:N0}, key {footprint.KeyBytes:N0}, state and the rest {footprint.OtherBytes:N0}."));
        Console.WriteLine(Json(rounds));
    }

    private static string[] Cells(int number, PipelineRound round) =>
    [
        Whole(number),
        Whole(round.Replay.PerSecond),
        Best(round.Plain),
        Best(round.Sorted),
        Best(round.Tuned),
        round.Ratio.ToString("F3", CultureInfo.InvariantCulture),
        round.TunedRatio.ToString("F3", CultureInfo.InvariantCulture),
        Tenth(round.Replay.Processor),
        Tenth(round.Ceiling.Processor),
        Whole(round.Scoring.PerSecond),
        round.Scoring.BytesPerEvent.ToString("0.####", CultureInfo.InvariantCulture),
    ];

    /// <summary>The fastest of some copies and its number of connections.</summary>
    public static string Best(IReadOnlyList<Throughput> copies)
    {
        int best = Enumerable.Range(0, copies.Count).MaxBy(i => copies[i].PerSecond);
        return $"{Whole(copies[best].PerSecond)} ({best + 1})";
    }

    /// <summary>Without decimals.</summary>
    public static string Whole(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>With one decimal; a dash for what was not measured.</summary>
    public static string Tenth(double value) => double.IsNaN(value) ? "-" : value.ToString("F1", CultureInfo.InvariantCulture);

    private static string Json(IReadOnlyList<PipelineRound> rounds) => JsonSerializer.Serialize(new Dictionary<string, object>
    {
        ["bench"] = "pipeline",
        ["events_per_second"] = Math.Round(Median.Of(rounds.Select(round => round.Replay.PerSecond))),
        ["ceiling_per_second"] = Math.Round(Median.Of(rounds.Select(round => round.Ceiling.PerSecond))),
        ["ratio"] = Math.Round(Median.Of(rounds.Select(round => round.Ratio)), 3),
        ["ratio_to_tuned"] = Math.Round(Median.Of(rounds.Select(round => round.TunedRatio)), 3),
        ["score_per_second_per_core"] = Math.Round(Median.Of(rounds.Select(round => round.Scoring.PerSecond))),
        ["bytes_per_event"] = Math.Round(rounds.Max(round => round.Scoring.BytesPerEvent), 4),
    });
}
