using System.CommandLine;

namespace Ecart.Bench.Stream;

/// <summary>
/// The service's way from a Kafka topic to durable verdicts, against the most that the server takes and against a plain loop, in one run on one server with
/// the same events. Producer, broker, pipeline and database share the processors.
/// </summary>
internal sealed class StreamBenchmark : IBenchmark
{
    public Command MakeCommand()
    {
        var events = new Option<int?>("--events") { Description = $"events of a run; default {StreamBenchmarkOptions.Default.Events}" };
        var loop = new Option<int?>("--loop-events") { Description = $"events of a run of the loop; default {StreamBenchmarkOptions.Default.LoopEvents}" };
        var rounds = new Option<int?>("--rounds") { Description = $"rounds that the medians are taken of; default {StreamBenchmarkOptions.Default.Rounds}" };
        var accounts = new Option<int?>("--accounts") { Description = $"accounts that make the events; default {StreamBenchmarkOptions.Default.Accounts}" };
        var quick = new Option<bool>("--quick") { Description = "under a minute: enough to see that it works, too short for a figure to quote" };
        BoundedOption.Require(events, 1000, 5_000_000);
        BoundedOption.Require(loop, 100, 1_000_000);
        BoundedOption.Require(rounds, 1, 99);
        BoundedOption.Require(accounts, 10, 1_000_000);
        var command = new Command("stream", "From a Kafka message to its durable verdict, against bare bulk copies of the same rows and a loop of single events.")
        {
            events, loop, rounds, accounts, quick,
        };
        command.SetAction((arguments, cancellationToken) =>
        {
            StreamBenchmarkOptions defaults = arguments.GetValue(quick) ? StreamBenchmarkOptions.Quick : StreamBenchmarkOptions.Default;
            return RunAsync(
                new StreamBenchmarkOptions(
                    arguments.GetValue(events) ?? defaults.Events,
                    arguments.GetValue(loop) ?? defaults.LoopEvents,
                    arguments.GetValue(rounds) ?? defaults.Rounds,
                    arguments.GetValue(accounts) ?? defaults.Accounts),
                cancellationToken);
        });
        return command;
    }

    private static Task<int> RunAsync(StreamBenchmarkOptions options, CancellationToken cancellationToken) => StoreRun.RunAsync(
        async (store, progress) =>
        {
            var session = new StreamSession(options, store, progress);
            StreamReport.Write(await session.RunAsync(cancellationToken), session.MessageBytes, store.Version);
            return 0;
        },
        cancellationToken);
}
