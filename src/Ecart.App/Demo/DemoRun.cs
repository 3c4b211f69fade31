using Ecart.App.Store;
using Ecart.App.Terminal;
using Ecart.MariaDb.Reading;
using Ecart.Simulation;
using Ecart.Streaming.Pipeline;
using Ecart.Streaming.Sources;
using Spectre.Console;

namespace Ecart.App.Demo;

/// <summary>The main job on generated data: simulate, score, store, alert, compare with the truth.</summary>
internal sealed class DemoRun(OpenStore store, TransactionSimulatorOptions world) : IDisposable
{
    /// <summary>Reported fraud becomes known a week later.</summary>
    public static readonly ReplayLabels Labels = new(true, TimeSpan.FromDays(7), ApplyRest: false);

    private readonly DemoStream stream = new(store, world, Labels);

    /// <summary>Streams the simulation into the store, from where an earlier run stopped.</summary>
    /// <returns>False when it was stopped before the end.</returns>
    public async Task<bool> StreamAsync(CancellationToken cancellationToken)
    {
        if (!await stream.RunAsync(cancellationToken).ConfigureAwait(false)) return false;
        // Also when all was stored before: the run that stored it may have been killed before it published.
        await stream.PublishAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Tells what happened.</summary>
    public async Task ReportAsync(CancellationToken cancellationToken)
    {
        DemoTruth truth = await DemoTruth.CompareAsync(store.ConnectionString, world, cancellationToken).ConfigureAwait(false);
        ShowVolume(truth);
        await ShowAlertsAsync(cancellationToken).ConfigureAwait(false);
        ShowTruth(truth);
        foreach (AlertSample sample in await AlertSamples.ReadAsync(store.ConnectionString, 3, cancellationToken).ConfigureAwait(false)) Show(sample);
        ShowNext();
    }

    public void Dispose() => stream.Dispose();

    private static void Title(string text)
    {
        Output.Result();
        Output.Results.Write(new Rule(Markup.Escape(text)) { Justification = Justify.Left });
    }

    private void ShowVolume(DemoTruth truth)
    {
        PipelineCounters counters = stream.Counters;
        Title("What happened");
        Output.Result($"{truth.Events:N0} card transactions of {world.Accounts:N0} accounts over {world.Days} days, {truth.Frauds:N0} of them fraud in disguise.");
        Output.Result(counters.Committed > 0
            ? $"{counters.Committed:N0} came in through a Kafka topic, were scored, stored with verdict and vector, and committed durably in {stream.Elapsed.TotalSeconds:F1} s: "
                + $"{counters.Committed / stream.Elapsed.TotalSeconds:N0} a second. {counters.Labels:N0} chargebacks came in a week after their fraud."
            : "All of them had been stored by an earlier run: nothing was added. (--fresh begins again.)");
    }

    private async Task ShowAlertsAsync(CancellationToken cancellationToken)
    {
        Title("Alerts by severity");
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns(new TableColumn("severity"), new TableColumn("alerts").RightAligned(), new TableColumn("goes to"));
        var alerts = new AlertStore(store.ConnectionString);
        foreach ((string severity, long count) in await alerts.CountBySeverityAsync(cancellationToken).ConfigureAwait(false))
            table.AddRow(severity, $"{count:N0}", store.Options.Routes.Of(Enum.Parse<Scoring.Severity>(severity, ignoreCase: true)));

        Output.Tables.Write(table);
    }

    private static void ShowTruth(DemoTruth truth)
    {
        Title("Compared with the truth");
        Output.Result(
            $"precision {truth.Precision:P1}: of {truth.TruePositives + truth.FalsePositives:N0} flagged transactions {truth.TruePositives:N0} are fraud");
        Output.Result($"recall    {truth.Recall:P1}: of {truth.Frauds:N0} fraudulent transactions {truth.TruePositives:N0} were flagged");
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns(
            new TableColumn("kind of fraud"),
            new TableColumn("incidents").RightAligned(),
            new TableColumn("found").RightAligned(),
            new TableColumn("transactions").RightAligned(),
            new TableColumn("flagged").RightAligned());
        foreach (DemoTruth.KindCount kind in truth.Kinds)
            table.AddRow(Words(kind.Kind), $"{kind.Incidents:N0}", $"{kind.Found:N0}", $"{kind.Events:N0}", $"{kind.Flagged:N0}");
        Output.Tables.Write(table);
        Output.Result("An incident is found when one of its transactions is flagged. A compromised merchant looks ordinary until its first chargebacks.");
    }

    private static void Show(AlertSample alert)
    {
        Title($"{alert.Severity} alert, score {alert.Score:F2}");
        Output.Result($"{alert.OccurredAt:yyyy-MM-dd HH:mm} UTC, account {alert.AccountId}: {alert.What}");
        foreach ((string type, double score, string detail) in alert.Reasons) Output.Result($"  +{score:F2}  {type}: {detail}");
    }

    private void ShowNext()
    {
        Title("Look further");
        ConnectionHint.Show(store);
        Output.Result();
        foreach (string query in FirstQueries()) Output.Result("  " + query);
        Output.Result();
        Output.Result("Without a client: ./ecart sql --demo \"SELECT ...\"");
        Output.Result("docs/reference/sql.md has every routine and view; `./ecart replay FILE` scores data of yours.");
    }

    private static string[] FirstQueries()
    {
        using Stream resource = typeof(DemoRun).Assembly.GetManifestResourceStream("Ecart.App.Demo.first-queries.sql")!;
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string Words(FraudKind kind) =>
        string.Concat(kind.ToString().Select((letter, i) => char.IsUpper(letter) && i > 0 ? " " + char.ToLowerInvariant(letter) : letter.ToString()));
}
