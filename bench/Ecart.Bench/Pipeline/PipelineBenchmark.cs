using System.CommandLine;

namespace Ecart.Bench.Pipeline;

/// <summary>
/// The pipeline against the most that the server takes, in one run on one server with the same rows, in turn and each into empty tables; and
/// scoring alone.
/// </summary>
internal sealed class PipelineBenchmark : IBenchmark
{
    public Command MakeCommand()
    {
        var events = new Option<int?>("--events") { Description = $"events of a run; default {PipelineBenchmarkOptions.Default.Events}" };
        var rounds = new Option<int?>("--rounds") { Description = $"rounds that the medians are taken of; default {PipelineBenchmarkOptions.Default.Rounds}" };
        var accounts = new Option<int?>("--accounts") { Description = $"accounts that make the events; default {PipelineBenchmarkOptions.Default.Accounts}" };
        var quick = new Option<bool>("--quick") { Description = "under a minute: enough to see that it works, too short for a figure to quote" };
        BoundedOption.Require(events, 1000, 5_000_000);
        BoundedOption.Require(rounds, 1, 99);
        BoundedOption.Require(accounts, 10, 1_000_000);
        var command = new Command("pipeline", "From parsed event to durable commit, against bare bulk copies of the same rows; and scoring alone.")
        {
            events, rounds, accounts, quick,
        };
        command.SetAction((arguments, cancellationToken) =>
        {
            PipelineBenchmarkOptions defaults = arguments.GetValue(quick) ? PipelineBenchmarkOptions.Quick : PipelineBenchmarkOptions.Default;
            return RunAsync(
                new PipelineBenchmarkOptions(
                    arguments.GetValue(events) ?? defaults.Events,
                    arguments.GetValue(rounds) ?? defaults.Rounds,
                    arguments.GetValue(accounts) ?? defaults.Accounts),
                cancellationToken);
        });
        return command;
    }

    private static Task<int> RunAsync(PipelineBenchmarkOptions options, CancellationToken cancellationToken) => StoreRun.RunAsync(
        async (store, progress) =>
        {
            var session = new PipelineSession(options, store, progress);
            PipelineReport.Write(await session.RunAsync(cancellationToken), session.Footprint, store.Version);
            return 0;
        },
        cancellationToken);
}
