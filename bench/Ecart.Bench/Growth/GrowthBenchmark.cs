using System.CommandLine;
using Ecart.Bench.Pipeline;

namespace Ecart.Bench.Growth;

/// <summary>What more accounts cost while memory is bounded: throughput, misses and memory from a thousand accounts to a million.</summary>
internal sealed class GrowthBenchmark : IBenchmark
{
    private static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public Command MakeCommand()
    {
        var events = new Option<int?>("--events") { Description = $"events of a run; default {GrowthOptions.Default.Events}" };
        var most = new Option<int?>("--resident") { Description = $"accounts in memory, at most; default {GrowthOptions.Default.MostResident}" };
        var cap = new Option<int?>("--cap") { Description = $"MiB of managed memory that no run may exceed; default {GrowthOptions.Default.CapMebibytes}" };
        var quick = new Option<bool>("--quick") { Description = "under a minute: enough to see that the cap holds, too short for a figure to quote" };
        foreach (Option<int?> option in new[] { events, most, cap }) BoundedOption.Require(option, 1, int.MaxValue);
        var command = new Command("growth", "A thousand to a million accounts through the pipeline under one memory cap, uniformly and by Zipf's law.")
        {
            events, most, cap, quick,
        };
        command.SetAction((arguments, cancellationToken) =>
        {
            GrowthOptions defaults = arguments.GetValue(quick) ? GrowthOptions.Quick : GrowthOptions.Default;
            return RunAsync(
                defaults with
                {
                    Events = arguments.GetValue(events) ?? defaults.Events,
                    MostResident = arguments.GetValue(most) ?? defaults.MostResident,
                    CapMebibytes = arguments.GetValue(cap) ?? defaults.CapMebibytes,
                },
                cancellationToken);
        });
        return command;
    }

    private static Task<int> RunAsync(GrowthOptions options, CancellationToken cancellationToken) => StoreRun.RunAsync(
        async (store, progress) =>
        {
            KnownAccounts known = KnownAccounts.Make(Start);
            IReadOnlyList<GrowthResult> results = await MeasureAsync(store, known, options, progress, cancellationToken);
            GrowthReport.Write(options, results, known.StateBytes, store.Version);
            if (GrowthReport.Excess(options, results) is not { } excess) return 0;
            await Console.Error.WriteLineAsync($"bench: {excess}");
            return 1;
        },
        cancellationToken);

    private static async Task<IReadOnlyList<GrowthResult>> MeasureAsync(
        BenchmarkStore store, KnownAccounts known, GrowthOptions options, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var run = new GrowthRun(store, options);
        var results = new List<GrowthResult>();
        progress.Report("Warming up");
        await known.StoreAsync(store, options.Populations[0], cancellationToken);
        await run.MeasureAsync(options.Populations[0], isZipf: false, Start, cancellationToken);
        foreach (int accounts in options.Populations)
        {
            foreach (bool isZipf in new[] { false, true })
            {
                progress.Report($"{accounts:N0} accounts, {(isZipf ? "Zipf" : "uniform")}: storing their states");
                await known.StoreAsync(store, accounts, cancellationToken);
                progress.Report($"{options.Events:N0} events");
                results.Add(await run.MeasureAsync(accounts, isZipf, Start, cancellationToken));
                progress.Report($"{results[^1].PerSecond:N0} events/s, {results[^1].MissesPerEvent:F3} misses an event, peak {results[^1].PeakBytes >> 20:N0} MiB");
            }
        }

        return results;
    }
}
