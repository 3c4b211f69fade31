using System.CommandLine;
using System.Globalization;
using Ecart.App.Store;
using Ecart.App.Terminal;
using Ecart.App.Training;
using Ecart.Detection.Batch.Clusters;
using Ecart.Domains.Transactions;
using Ecart.MariaDb.Reading;
using Ecart.MariaDb.Writing;
using Ecart.Vectors;

namespace Ecart.App.Commands;

/// <summary><c>ecart clusters</c>.</summary>
internal static class ClustersCommand
{
    private const string Domain = TransactionEvent.DomainName;

    public static Command Make()
    {
        Argument<string> domain = ModelsCommand.DomainArgument();
        var days = new Option<int>("--days") { Description = "How many days before the newest event to look at.", DefaultValueFactory = _ => 90 };
        var events = new Option<int>("--events") { Description = "How many events at most; more are thinned evenly.", DefaultValueFactory = _ => 5000 };
        var dryRun = new Option<bool>("--dry-run") { Description = "Show them and change nothing." };
        Option<string> reason = ModelsCommand.ReasonOption();
        var find = new Command(
            "find",
            "Find typical behaviours among the stored normal events (HDBSCAN) and put them in force: an account without a profile is held against them.")
        {
            domain, days, events, dryRun, reason,
        };
        find.SetAction((parsed, cancellationToken) => FindAsync(
            parsed.GetValue(days), parsed.GetValue(events), parsed.GetValue(dryRun), parsed.GetRequiredValue(reason), cancellationToken));
        return new Command("clusters", "Typical behaviours that many accounts share.") { find };
    }

    private static async Task<int> FindAsync(int days, int most, bool dryRun, string reason, CancellationToken cancellationToken)
    {
        await using OpenStore store = await StoreOpener.OpenAsync("", cancellationToken).ConfigureAwait(false);
        NormalEvents normal = await new NormalHistory(store.ConnectionString).ReadAsync(days, most, cancellationToken).ConfigureAwait(false);
        if (normal.Rows.Rows < ModelTraining.LeastEvents)
            throw new CommandException($"There are {normal.Rows.Rows:N0} normal events to look at; {ModelTraining.LeastEvents} are the least.");
        IReadOnlyList<RowCluster> clusters = await LiveProgress.RunAsync(
            "Finding clusters",
            () => double.NaN,
            () => $"{normal.Rows.Rows:N0} events",
            () => Task.Run(() => Find(Embedded(store, normal.Rows), cancellationToken), cancellationToken)).ConfigureAwait(false);
        foreach (RowCluster cluster in clusters.OrderByDescending(cluster => cluster.Members))
            Output.Result(string.Create(CultureInfo.InvariantCulture, $"{cluster.Members,8:N0} events within {cluster.Radius:F4}"));
        if (dryRun) return ExitCode.Done;
        int embedding = store.Models.Embedding?.Version ?? TransactionLayout.Version;
        int version = await new ClusterStore(store.ConnectionString)
            .ReplaceAsync(Domain, embedding, clusters, reason, Environment.UserName, cancellationToken).ConfigureAwait(false);
        Output.Result($"{clusters.Count:N0} clusters of embedding {embedding} are in force as version {version}.");
        return ExitCode.Done;
    }

    private static IReadOnlyList<RowCluster> Find(Matrix rows, CancellationToken cancellationToken)
    {
        var detector = new HdbscanDetector();
        detector.Fit(rows, cancellationToken);
        return detector.Clusters;
    }

    /// <summary>The events as they are compared now.</summary>
    private static Matrix Embedded(OpenStore store, Matrix layouts)
    {
        if (store.Models.Embedding is not { } learned) return layouts;
        var embedded = new Matrix(layouts.Rows, layouts.Columns);
        for (int i = 0; i < layouts.Rows; i++) learned.Embed(layouts.Row(i), embedded.Row(i));
        return embedded;
    }
}
