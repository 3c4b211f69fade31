using System.Globalization;
using System.Text.Json;
using Ecart.Bench.Pipeline;

namespace Ecart.Bench.Stream;

/// <summary>Tells the rounds to a person, then to a machine.</summary>
internal static class StreamReport
{
    private const double LeastRatio = 0.6;
    private const double LeastOverLoop = 12;

    private static readonly string[] Headings =
        ["round", "stream/s", "copy/s", "sorted/s", "ratio", "loop/s", "over loop", "stream µs", "copy µs", "loop µs"];

    private static readonly string[] Notes =
    [
        "stream   producer, broker, consumer, decoding, scoring, durable commit: from the first message sent to the last event durable.",
        "copy/s   bare MySqlBulkCopy of the finished rows, the best of 1, 2 and 3 connections (in parentheses); sorted: in the order of the primary key.",
        "ratio    stream to the faster of both copies.",
        "loop     decode, score, BEGIN, INSERTs by prepared statements, COMMIT: one event at a time, its messages taken from memory.",
        "µs       processor time an event, of program (producer and broker included) and server together.",
    ];

    public static void Write(IReadOnlyList<StreamRound> rounds, double messageBytes, string server)
    {
        ReportTable.Write(
            string.Create(
                CultureInfo.InvariantCulture,
                $"MariaDB {server}, innodb_flush_log_at_trx_commit=1, {Environment.ProcessorCount} processors, messages of {messageBytes:N0} bytes"),
            Headings,
            rounds.Select((round, i) => Cells(i + 1, round)));
        foreach (string note in Notes) Console.WriteLine(note);
        Verdict("ratio", Median.Of(rounds.Select(round => round.Ratio)), LeastRatio);
        Verdict("over loop", Median.Of(rounds.Select(round => round.OverLoop)), LeastOverLoop);
        Console.WriteLine(Json(rounds));
    }

    private static void Verdict(string name, double value, double least) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"median of {name}: {value:0.###}, to be at least {least}: {(value >= least ? "met" : "missed")}"));

    private static string[] Cells(int number, StreamRound round) =>
    [
        PipelineReport.Whole(number),
        PipelineReport.Whole(round.Stream.PerSecond),
        PipelineReport.Best(round.Plain),
        PipelineReport.Best(round.Sorted),
        round.Ratio.ToString("F3", CultureInfo.InvariantCulture),
        PipelineReport.Whole(round.Loop.PerSecond),
        round.OverLoop.ToString("F1", CultureInfo.InvariantCulture),
        PipelineReport.Tenth(round.Stream.Processor),
        PipelineReport.Tenth(round.Ceiling.Processor),
        PipelineReport.Tenth(round.Loop.Processor),
    ];

    private static string Json(IReadOnlyList<StreamRound> rounds) => JsonSerializer.Serialize(new Dictionary<string, object>
    {
        ["bench"] = "stream",
        ["ratio"] = Math.Round(Median.Of(rounds.Select(round => round.Ratio)), 3),
        ["over_loop"] = Math.Round(Median.Of(rounds.Select(round => round.OverLoop)), 1),
        ["events_per_second"] = Math.Round(Median.Of(rounds.Select(round => round.Stream.PerSecond))),
        ["ceiling_per_second"] = Math.Round(Median.Of(rounds.Select(round => round.Ceiling.PerSecond))),
        ["loop_per_second"] = Math.Round(Median.Of(rounds.Select(round => round.Loop.PerSecond))),
    });
}
