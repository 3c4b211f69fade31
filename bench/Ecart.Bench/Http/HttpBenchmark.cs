using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Ecart.Bench.Pipeline;
using Ecart.Embedded;
using MySqlConnector;

namespace Ecart.Bench.Http;

/// <summary>
/// Single events posted in an open loop to the service, each answered after its commit: latency from the moment at which the request was due, whether or
/// not it could be sent then. Load generator, service and database share the processors.
/// </summary>
internal sealed class HttpBenchmark : IBenchmark
{
    private const double LimitMilliseconds = 15;

    public Command MakeCommand()
    {
        var rate = new Option<int?>("--rate") { Description = $"requests a second; default {HttpBenchmarkOptions.Default.Rate}" };
        var seconds = new Option<int?>("--seconds") { Description = $"seconds of a run; default {HttpBenchmarkOptions.Default.Seconds}" };
        var rounds = new Option<int?>("--rounds") { Description = $"runs that the median is taken of; default {HttpBenchmarkOptions.Default.Rounds}" };
        var quick = new Option<bool>("--quick") { Description = "enough to see that it works, too short for a figure to quote" };
        var command = new Command("http", "Single events over HTTP in an open loop: latency until the answer after the commit.") { rate, seconds, rounds, quick };
        command.SetAction((arguments, cancellationToken) =>
        {
            HttpBenchmarkOptions defaults = arguments.GetValue(quick) ? HttpBenchmarkOptions.Quick : HttpBenchmarkOptions.Default;
            return RunAsync(
                defaults with
                {
                    Rate = Math.Clamp(arguments.GetValue(rate) ?? defaults.Rate, 10, 100_000),
                    Seconds = Math.Clamp(arguments.GetValue(seconds) ?? defaults.Seconds, 1, 3600),
                    Rounds = Math.Clamp(arguments.GetValue(rounds) ?? defaults.Rounds, 1, 99),
                },
                cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(HttpBenchmarkOptions options, CancellationToken cancellationToken)
    {
        var progress = new ErrorStreamProgress();
        try
        {
            await using BenchmarkStore store = await BenchmarkStore.OpenAsync(progress, cancellationToken);
            progress.Report("Starting the service");
            await using ServiceProcess service = await ServiceProcess.StartAsync(store.ConnectionString, cancellationToken);
            using var load = new OpenLoop(service.Address, options.Connections);
            using IEnumerator<byte[]> requests = EventRequests.Generate(service.Address).GetEnumerator();
            progress.Report("Warming up");
            await load.RunAsync(requests, options.Rate, options.Rate * options.WarmUpSeconds, cancellationToken);
            var runs = new List<LatencyResult>();
            for (int round = 1; round <= options.Rounds; round++)
            {
                LatencyResult result = await load.RunAsync(requests, options.Rate, options.Rate * options.Seconds, cancellationToken);
                runs.Add(result);
                progress.Report(string.Create(CultureInfo.InvariantCulture, $"Run {round}: {result}"));
            }

            Report(runs, store.Version);
            return runs.Any(run => run.Failures > 0) ? 1 : 0;
        }
        catch (Exception error) when (error is EmbeddedMariaDbException or MySqlException or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync($"bench: {error.Message}");
            return 1;
        }
    }

    private static void Report(List<LatencyResult> runs, string server)
    {
        double p99 = Median.Of(runs.Select(run => run.Percentile(0.99)));
        Console.WriteLine();
        Console.WriteLine($"MariaDB {server}, innodb_flush_log_at_trx_commit=1, {Environment.ProcessorCount} processors");
        for (int i = 0; i < runs.Count; i++) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"run {i + 1}: {runs[i]}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"median of p99: {p99:F1} ms, to be at most {LimitMilliseconds:F0}: {(p99 <= LimitMilliseconds ? "met" : "missed")}"));
        Console.WriteLine(JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["bench"] = "http",
            ["requests_per_second"] = Math.Round(Median.Of(runs.Select(run => run.PerSecond))),
            ["p50_ms"] = Math.Round(Median.Of(runs.Select(run => run.Percentile(0.5))), 2),
            ["p99_ms"] = Math.Round(p99, 2),
        }));
    }
}
