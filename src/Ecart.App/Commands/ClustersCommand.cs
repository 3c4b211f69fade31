using System.CommandLine;
using System.Globalization;
using Ecart.App.Clusters;
using Ecart.App.Domains;
using Ecart.App.Store;
using Ecart.App.Terminal;
using Ecart.MariaDb.Clusters;
using Spectre.Console;

namespace Ecart.App.Commands;

/// <summary><c>ecart clusters</c>.</summary>
internal static class ClustersCommand
{
    private const int DefaultDays = 30;
    private const int DefaultSample = 10_000;

    public static Command Make() => new("clusters", "The typical behaviours that events of entities without a history are compared with: versioned.")
    {
        MakeLearn(), MakeList(), MakeActivate(),
    };

    private static Command MakeLearn()
    {
        Argument<string> domain = ServedDomains.MakeArgument();
        var days = new Option<int>("--days") { Description = "Event time before the newest event to learn from.", DefaultValueFactory = _ => DefaultDays };
        var sample = new Option<int>("--sample")
        {
            Description = "Events to learn from at most; time grows with the square.",
            DefaultValueFactory = _ => DefaultSample,
        };
        var least = new Option<int>("--minimum-events") { Description = "Fewest events of a cluster. Default: a hundredth of the sample." };
        var trial = new Option<bool>("--dry-run") { Description = "Show the clusters, store nothing." };
        RequireRange(days, 1, 36_500);
        RequireRange(sample, 100, 100_000);
        RequireRange(least, 2, 100_000);
        var command = new Command(
            "learn",
            "Find clusters of stored normal events (no confirmed fraud, not flagged unless a person said false alarm) by HDBSCAN, and put them in force as a "
            + "new version. A running service takes them over.") { domain, days, sample, least, trial };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var learning = new ClusterLearning(
                TimeSpan.FromDays(parsed.GetValue(days)), parsed.GetValue(sample), parsed.GetValue(least), parsed.GetValue(trial));
            await using OpenStore store = await StoreOpener.OpenAsync("", cancellationToken, domain: ServedDomains.Of(parsed, domain)).ConfigureAwait(false);
            return await learning.RunAsync(store, cancellationToken).ConfigureAwait(false);
        });
        return command;
    }

    private static Command MakeList()
    {
        Argument<string> domain = ServedDomains.MakeArgument();
        var command = new Command("list", "List the versions that were learned, the newest first.") { domain };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using OpenStore store = await StoreOpener.OpenAsync("", cancellationToken, domain: ServedDomains.Of(parsed, domain)).ConfigureAwait(false);
            IReadOnlyList<ClusterVersion> versions = await new ClusterStore(store.ConnectionString)
                .ReadVersionsAsync(parsed.GetRequiredValue(domain), cancellationToken).ConfigureAwait(false);
            if (versions.Count == 0) Output.Note($"No clusters were learned yet: 'ecart clusters learn {parsed.GetRequiredValue(domain)}'.");
            var table = new Table { Border = TableBorder.Simple };
            table.AddColumns("version", "in force", "clusters", "events", "embedding");
            table.AddColumn(new TableColumn("learned at (UTC)").NoWrap());
            foreach (ClusterVersion version in versions)
            {
                table.AddRow(
                    $"{version.Version}", version.IsActive ? "yes" : "", $"{version.Clusters}", version.Members.ToString("N0", CultureInfo.InvariantCulture),
                    $"{version.EmbeddingVersion}", version.CreatedAt.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
            }

            if (versions.Count > 0) Output.Tables.Write(table);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command MakeActivate()
    {
        Argument<string> domain = ServedDomains.MakeArgument();
        var version = new Argument<int>("VERSION") { Description = "Number of a version that 'list' shows." };
        var command = new Command("activate", "Go back, or forth, to a version that exists.") { domain, version };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using OpenStore store = await StoreOpener.OpenAsync("", cancellationToken, domain: ServedDomains.Of(parsed, domain)).ConfigureAwait(false);
            try
            {
                await new ClusterStore(store.ConnectionString).ActivateAsync(
                    parsed.GetRequiredValue(domain), parsed.GetRequiredValue(version), Environment.UserName, cancellationToken).ConfigureAwait(false);
            }
            catch (ArgumentException)
            {
                string name = parsed.GetRequiredValue(domain);
                throw new CommandException(
                    $"There is no version {parsed.GetRequiredValue(version)} of learned clusters for {name}. 'ecart clusters list {name}' shows those that there are.", ExitCode.Usage);
            }

            Output.Result($"Version {parsed.GetRequiredValue(version)} is in force.");
            return ExitCode.Done;
        });
        return command;
    }

    private static void RequireRange(Option<int> option, int least, int most) => option.Validators.Add(result =>
    {
        if (!result.Implicit && result.GetValueOrDefault<int>() is var value && (value < least || value > most))
            result.AddError($"{option.Name} is {value}; it must be {least} to {most}.");
    });
}
