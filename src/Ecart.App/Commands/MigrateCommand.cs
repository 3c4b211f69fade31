using System.CommandLine;
using Ecart.App.Store;
using Ecart.App.Terminal;
using Ecart.Embedded;
using Ecart.MariaDb.Schema;

namespace Ecart.App.Commands;

/// <summary><c>ecart migrate</c>.</summary>
internal static class MigrateCommand
{
    public static Command Make()
    {
        var dryRun = new Option<bool>("--dry-run") { Description = "Only tell what would be done." };
        var command = new Command("migrate", "Create the database or bring its schema to this version. Safe to run from several processes at once.") { dryRun };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(dryRun), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(bool dryRun, CancellationToken cancellationToken)
    {
        await using MariaDbServer server = await StoreOpener.StartAsync("", cancellationToken).ConfigureAwait(false);
        string connectionString = StoreOpener.ConnectionString(server, "");
        await StoreOpener.CheckAsync(connectionString, cancellationToken).ConfigureAwait(false);
        MigrationReport report = await StoreOpener.MigrateAsync(connectionString, dryRun, cancellationToken).ConfigureAwait(false);
        if (report.IsUpToDate) Output.Result($"Database {report.Database} is up to date at version {report.Version}.");
        else if (dryRun) Tell(report);
        else Output.Result($"Database {report.Database} is at version {report.Version}: {report.Migrations.Count} migrations applied.");
        return ExitCode.Done;
    }

    private static void Tell(MigrationReport report)
    {
        if (report.CreatesDatabase) Output.Result($"Database {report.Database} would be created.");
        Output.Result($"{report.Migrations.Count} migrations would be applied to {report.Database}:");
        foreach (string file in report.Migrations) Output.Result("  " + file);
    }
}
