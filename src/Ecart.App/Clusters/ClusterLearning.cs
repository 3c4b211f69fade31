using System.Globalization;
using Ecart.App.Commands;
using Ecart.App.Store;
using Ecart.App.Terminal;
using Ecart.App.Training;
using Ecart.Detection.Batch.Clusters;
using Ecart.MariaDb.Clusters;
using Ecart.MariaDb.Reading;
using Spectre.Console;

namespace Ecart.App.Clusters;

/// <summary>Learns the typical behaviours of a domain from its stored normal events, shows them, and stores them unless it is a trial.</summary>
/// <param name="Window">Event time before the newest event that is learned from.</param>
/// <param name="Sample">Events that are learned from at most.</param>
/// <param name="MinimumRows">Fewest events of a cluster; 0 for a hundredth of the sample.</param>
/// <param name="IsTrial">Stores nothing.</param>
internal sealed record ClusterLearning(TimeSpan Window, int Sample, int MinimumRows, bool IsTrial)
{
    /// <summary>With fewer events a cluster would be chance.</summary>
    private const int FewestEvents = 100;

    public async Task<int> RunAsync(OpenStore store, CancellationToken cancellationToken)
    {
        NormalEvents sample = await ReadAsync(store, cancellationToken).ConfigureAwait(false);
        var detector = new HdbscanDetector(new HdbscanOptions { MinimumClusterRows = MinimumRows, Shape = new() { MaximumRows = Sample } });
        await LiveProgress.RunAsync("Finding clusters", () => double.NaN, () => $"{sample.Rows.Rows:N0} events", () => Task.Run(
            () =>
            {
                detector.Fit(sample.Rows, cancellationToken);
                return true;
            },
            cancellationToken)).ConfigureAwait(false);
        Show(sample, detector);
        if (IsTrial)
        {
            Output.Note("Nothing was stored: --dry-run.");
            return ExitCode.Done;
        }

        LearnedCluster[] clusters = [.. detector.Clusters.Select(cluster => new LearnedCluster(cluster.Centroid, cluster.Radius, cluster.Members))];
        int version = await new ClusterStore(store.ConnectionString).AddVersionAsync(
            store.Domain.Name, sample.EmbeddingVersion, clusters, Environment.UserName, cancellationToken).ConfigureAwait(false);
        Output.Result($"Version {version} is in force: {clusters.Length} clusters. 'ecart clusters list {store.Domain.Name}' shows all versions.");
        return ExitCode.Done;
    }

    private async Task<NormalEvents> ReadAsync(OpenStore store, CancellationToken cancellationToken)
    {
        var read = new EntryCount();
        NormalEvents? sample = await LiveProgress.RunAsync(
            "Reading normal events",
            () => read.Value / (double)Sample,
            () => $"{read.Value:N0} read",
            () => new NormalHistory(store.ConnectionString, store.Domain.MakeTable()).ReadEmbeddedAsync(Window, Sample, read, cancellationToken)).ConfigureAwait(false);
        if (sample is not null && sample.Rows.Rows >= FewestEvents) return sample;
        throw new CommandException(
            $"There are {sample?.Rows.Rows ?? 0} normal events of one embedding version in the last {Window.TotalDays:F0} days; clusters need {FewestEvents}. "
            + "Replay more history, or give more --days.",
            ExitCode.Failed);
    }

    private static void Show(NormalEvents sample, HdbscanDetector detector)
    {
        Output.Note(
            $"{sample.Rows.Rows:N0} of {sample.Available:N0} normal events from {sample.From:yyyy-MM-dd} to {sample.Until:yyyy-MM-dd}, embedding version {sample.EmbeddingVersion}; "
            + $"{sample.Rows.Rows - detector.Clusters.Sum(cluster => cluster.Members):N0} of them are in no cluster.");
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns("cluster", "events", "radius");
        for (int i = 0; i < detector.Clusters.Count; i++)
        {
            RowCluster cluster = detector.Clusters[i];
            table.AddRow(Text(i + 1), cluster.Members.ToString("N0", CultureInfo.InvariantCulture), cluster.Radius.ToString("F3", CultureInfo.InvariantCulture));
        }

        Output.Tables.Write(table);
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
