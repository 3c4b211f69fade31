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
        var once = new Option<bool>("--once") { Description = "End after the report instead of keeping the database up." };
        var fresh = new Option<bool>("--fresh") { Description = "Drop what an earlier demo stored and begin again." };
        var accounts = new Option<int>("--accounts") { Description = "Accounts of the simulated bank.", DefaultValueFactory = _ => defaults.Accounts };
        var days = new Option<int>("--days") { Description = "Days; the first 30 are without fraud.", DefaultValueFactory = _ => defaults.Days };
        var seed = new Option<ulong>("--seed") { Description = "Equal seeds give equal streams.", DefaultValueFactory = _ => defaults.Seed };
        var command = new Command(
            "demo",
            "Simulate a bank's card transactions with fraud in them, send them through a Kafka topic, score and store them, raise alerts, and compare with the truth. "
            + "Needs nothing: MariaDB is fetched and started privately, the broker is part of the program. A second run finds everything stored.")
        {
            once, fresh, accounts, days, seed,
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
            world.Validate();
            return RunAsync(world, parsed.GetValue(once), parsed.GetValue(fresh), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(TransactionSimulatorOptions world, bool once, bool fresh, CancellationToken cancellationToken)
    {
        if (fresh) await DemoStore.DropAsync(DatabaseSuffix, cancellationToken).ConfigureAwait(false);
        await using OpenStore store = await StoreOpener.OpenAsync(DatabaseSuffix, cancellationToken).ConfigureAwait(false);
        using var demo = new DemoRun(store, world);
        if (!await demo.StreamAsync(cancellationToken).ConfigureAwait(false)) return ExitCode.Stopped;
        await demo.ReportAsync(cancellationToken).ConfigureAwait(false);
        if (!once) await ConnectionHint.WaitForStopAsync(store, cancellationToken).ConfigureAwait(false);
        return ExitCode.Done;
    }
}
