using System.CommandLine;
using Ecart.App.Demo;
using Ecart.App.Store;
using Ecart.Simulation;

namespace Ecart.App.Commands;

/// <summary><c>ecart demo</c>.</summary>
internal static class DemoCommand
{
    /// <summary>Appended to the database's name: generated data never mixes with real data.</summary>
    public const string DatabaseSuffix = "_demo";

    public static Command Make()
    {
        var defaults = new TransactionSimulatorOptions();
        var once = new Option<bool>("--once") { Description = "End after the report, without the console." };
        var port = new Option<int>("--port")
        {
            Description = "Port of the console on this machine, any free one if it is taken.",
            DefaultValueFactory = _ => DemoConsole.PreferredPort,
        };
        port.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var number && number is < 0 or > 65_535) result.AddError($"--port {number} is not a port: 1 to 65,535, or 0 for any free one.");
        });
        var duration = new Option<TimeSpan?>("--for")
        {
            Description = "End the console after this long, for example 30s or 10m. Default: at Ctrl-C; after ten minutes where nobody is at a terminal.",
            CustomParser = argument => DurationText.Parse(argument),
        };
        var start = new Option<DateTime?>("--start") { Description = "First simulated day. Default: such that the days end two weeks ago, which the live stream then tells." };
        var fresh = new Option<bool>("--fresh") { Description = "Drop what an earlier demo stored and begin again." };
        var accounts = new Option<int>("--accounts") { Description = "Accounts of the simulated bank.", DefaultValueFactory = _ => defaults.Accounts };
        var days = new Option<int>("--days") { Description = "Days; the first 30 are without fraud.", DefaultValueFactory = _ => defaults.Days };
        var seed = new Option<ulong>("--seed") { Description = "Equal seeds give equal streams.", DefaultValueFactory = _ => defaults.Seed };
        var command = new Command(
            "demo",
            "Simulate a bank's card transactions with fraud in them, send them through a Kafka topic, score and store them, raise alerts, compare with the truth, and show all of it in the console, where the stream goes on. "
            + "Needs nothing: MariaDB is fetched and started privately, the broker is part of the program. A second run finds everything stored.")
        {
            once, port, duration, fresh, accounts, days, seed, start,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            TransactionSimulatorOptions world = defaults with
            {
                Accounts = parsed.GetValue(accounts),
                Merchants = Math.Max(defaults.Merchants, parsed.GetValue(accounts) / 20),
                Days = parsed.GetValue(days),
                Seed = parsed.GetValue(seed),
            };
            DateTime? first = parsed.GetValue(start);
            if (first is { } day) world = world with { Start = day };
            world.Validate();
            return RunAsync(
                world, first is null, parsed.GetValue(fresh), parsed.GetValue(once) ? null : new Watching(parsed.GetValue(port), parsed.GetValue(duration) ?? Unwatched), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        TransactionSimulatorOptions world, bool isToBePlaced, bool fresh, Watching? watching, CancellationToken cancellationToken)
    {
        if (fresh) await DemoStore.DropAsync(DatabaseSuffix, cancellationToken).ConfigureAwait(false);
        await using OpenStore store = await StoreOpener.OpenAsync(DatabaseSuffix, cancellationToken).ConfigureAwait(false);
        if (isToBePlaced)
            world = await DemoCalendar.PlaceAsync(store.ConnectionString, world, DemoRun.Labels, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        using (var demo = new DemoRun(store, world))
        {
            if (!await demo.StreamAsync(cancellationToken).ConfigureAwait(false)) return ExitCode.Stopped;
            await demo.ReportAsync(cancellationToken).ConfigureAwait(false);
        }

        if (watching is null) return ExitCode.Done;
        try
        {
            await DemoConsole.RunAsync(store, world, DemoRun.Labels, watching.Port, watching.Duration, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The way out, taken before the service was up.
        }

        return ExitCode.Done;
    }

    /// <summary>How long the console is shown when nothing is said: a program that runs the demo must not wait for ever.</summary>
    private static TimeSpan? Unwatched => Console.IsInputRedirected && Console.IsOutputRedirected ? TimeSpan.FromMinutes(10) : null;

    /// <summary>How the console is shown.</summary>
    private sealed record Watching(int Port, TimeSpan? Duration);
}
