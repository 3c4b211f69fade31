using System.CommandLine;
using System.Globalization;
using Ecart.Eval.Running;
using Spectre.Console;

namespace Ecart.Eval.Network;

/// <summary>Labelled connection logs of Zeek, without labels: a P2P bot among normal hosts, and days of honest hosts.</summary>
internal sealed class ZeekEvaluation : IEvaluation
{
    /// <summary>Name of the data set and of the command.</summary>
    public const string SetName = "zeek";

    private readonly Option<string?> data = new("--data")
    {
        Description = "Folder of the data sets, or the set's own: every connection log in it is used (default: ECART_DATA, else ../shared/data)",
        HelpName = "DIR",
    };

    private readonly Option<string?> scoresOut = new("--scores-out") { Description = "Folder to write the score of every connection to", HelpName = "DIR" };

    private readonly Option<string?> results = new("--results")
    {
        Description = $"CSV file that takes the figures (default: eval/results/{SetName}.csv in the repository)",
        HelpName = "FILE",
    };

    /// <inheritdoc/>
    public Command MakeCommand(EvaluationConsole console)
    {
        var command = new Command(SetName, "Labelled Zeek connection logs, without labels: a P2P bot among normal hosts, days of honest hosts") { data, scoresOut, results };
        command.SetAction(parsed => Run(parsed, console));
        return command;
    }

    private int Run(ParseResult parsed, EvaluationConsole console)
    {
        string folder = DataFolder.Find(parsed.GetValue(data), SetName, static place => NetworkCapture.FilesIn(place).Count > 0);
        IReadOnlyList<string> files = NetworkCapture.FilesIn(folder);
        if (files.Count == 0) throw new EvaluationException($"{folder} holds no connection log (.csv or .log, also .gz).");
        var figures = new List<ZeekFigures>();
        foreach (string file in files)
        {
            NetworkCapture capture = NetworkCapture.Read(file);
            IReadOnlyList<ScoredFlow> scored = console.WithProgress(capture.Name, progress => NetworkRun.Score(capture, progress));
            figures.Add(ZeekFigures.Of(capture, scored));
            if (parsed.GetValue(scoresOut) is { } output) FlowScores.Write(Path.Combine(output, capture.Name + ".csv"), scored);
        }

        WriteTable(console, figures);
        Store(parsed.GetValue(results), figures);
        List<ZeekFigures> counted = [.. figures.Where(static capture => capture.IsYardstick)];
        if (counted.Count == 0) counted = [.. figures.Where(static capture => !double.IsNaN(capture.Auc))];
        if (counted.Count == 0) throw new EvaluationException($"No log in {folder} has both kinds of labels, malicious and other.");
        console.JsonLine(new ZeekResult(
            SetName,
            counted.Count,
            Math.Round(counted.Average(static capture => capture.Auc), 4),
            Math.Round(counted.Average(static capture => capture.Ap), 4),
            figures.Sum(static capture => capture.HostDays),
            figures.Max(static capture => capture.WorstHostDay)));
        return 0;
    }

    private static void WriteTable(EvaluationConsole console, List<ZeekFigures> figures)
    {
        Table table = new Table()
            .Title("zeek, without labels; * counts for the last line. Isolation forest on log volumes, botnet4: AUC 0.820, AP 0.412")
            .AddColumns("capture", "flows", "malicious", "hours", "AUC", "AP", "alerts", "true", "benign host-days", "most alerts on one");
        foreach (ZeekFigures capture in figures)
        {
            table.AddRow(
                Markup.Escape(capture.Name + (capture.IsYardstick ? " *" : string.Empty)), Text(capture.Flows), Text(capture.Malicious),
                capture.Hours.ToString("F1", CultureInfo.InvariantCulture), Share(capture.Auc), Share(capture.Ap), Text(capture.Alerts), Text(capture.TrueAlerts),
                Text(capture.HostDays), Markup.Escape($"{capture.WorstHostDay} {capture.WorstHost}".TrimEnd()));
        }

        console.Write(table);
    }

    private static void Store(string? path, List<ZeekFigures> figures)
    {
        string file = Path.GetFullPath(path ?? Path.Combine(RepositoryFolder.Path, "eval", "results", SetName + ".csv"));
        var store = new ResultTable(file, ["capture", "flows", "malicious", "auc", "ap", "alerts", "true_alerts", "benign_host_days", "worst_host_day_alerts"], 1);
        foreach (ZeekFigures capture in figures)
        {
            store.Put(
            [
                capture.Name, Text(capture.Flows), Text(capture.Malicious), Share(capture.Auc), Share(capture.Ap), Text(capture.Alerts),
                Text(capture.TrueAlerts), Text(capture.HostDays), Text(capture.WorstHostDay),
            ]);
        }
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Share(double value) => double.IsNaN(value) ? string.Empty : value.ToString("F4", CultureInfo.InvariantCulture);
}
