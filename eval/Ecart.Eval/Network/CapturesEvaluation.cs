using System.CommandLine;
using System.Globalization;
using Ecart.Domains.Network;
using Ecart.Eval.Running;
using Spectre.Console;

namespace Ecart.Eval.Network;

/// <summary>Logs and captures of attacks, each named after what is in it: is the class found, of which source, how fast?</summary>
internal sealed class CapturesEvaluation : IEvaluation
{
    /// <summary>Name of the data set.</summary>
    public const string SetName = "network";

    private const int ShownFindings = 4;
    private const double Minute = 60;

    private readonly Option<string?> data = new("--data")
    {
        Description = "Folder of the data sets, or the set's own: every log and capture in it is used (default: ECART_DATA, else ../shared/data)",
        HelpName = "DIR",
    };

    private readonly Option<string?> scoresOut = new("--scores-out") { Description = "Folder to write the score of every connection to", HelpName = "DIR" };

    /// <inheritdoc/>
    public Command MakeCommand(EvaluationConsole console)
    {
        var command = new Command("captures", "Raw captures and logs: is every scan and brute force found, of which source, how fast?") { data, scoresOut };
        command.SetAction(parsed => Run(parsed, console));
        return command;
    }

    /// <summary>The class that a capture's name promises; null for none.</summary>
    public static string? PromisedBy(string name)
    {
        if (name.Contains("scan", StringComparison.OrdinalIgnoreCase)) return ThreatClass.Scan;
        return name.Contains("bruteforce", StringComparison.OrdinalIgnoreCase) || name.Contains("brute_force", StringComparison.OrdinalIgnoreCase)
            ? ThreatClass.BruteForce
            : null;
    }

    private int Run(ParseResult parsed, EvaluationConsole console)
    {
        string folder = DataFolder.Find(parsed.GetValue(data), SetName, static place => NetworkCapture.FilesIn(place).Count > 0);
        Table table = new Table().Title("captures: who was found, and how long after the attack's start")
            .AddColumns("capture", "flows", "rejected", "promised", "source", "class", "alerts", "start", "seconds");
        int captures = 0;
        int named = 0;
        var found = new List<CaptureFinding>();
        foreach (string file in NetworkCapture.FilesIn(folder))
        {
            NetworkCapture capture = NetworkCapture.Read(file);
            IReadOnlyList<ScoredFlow> scored = console.WithProgress(capture.Name, progress => NetworkRun.Score(capture, progress));
            if (parsed.GetValue(scoresOut) is { } output) FlowScores.Write(Path.Combine(output, capture.Name + ".csv"), scored);
            IReadOnlyList<CaptureFinding> findings = CaptureFinding.In(scored);
            captures++;
            string? promised = PromisedBy(capture.Name);
            if (promised is not null)
            {
                named++;
                // Where many guess, each at its own pace, the first that could be told in time counts.
                if (findings.Where(finding => finding.Class == promised).MinBy(static finding => finding.Seconds) is { } hit) found.Add(hit);
            }

            AddRows(table, capture, promised, findings);
        }

        console.Write(table);
        console.JsonLine(new CapturesResult(
            "captures", captures, named, found.Count, found.Count(static finding => finding.Seconds <= Minute),
            found.Count == 0 ? null : Math.Round(found.Max(static finding => finding.Seconds), 3)));
        return 0;
    }

    private static void AddRows(Table table, NetworkCapture capture, string? promised, IReadOnlyList<CaptureFinding> findings)
    {
        string[] head = [Markup.Escape(capture.Name), Text(capture.Flows.Count), Text(capture.Rejected), promised ?? string.Empty];
        if (findings.Count == 0) table.AddRow([.. head, string.Empty, "none", "0", string.Empty, string.Empty]);
        foreach (CaptureFinding finding in findings.Take(ShownFindings))
        {
            table.AddRow(
            [
                .. head, Markup.Escape(finding.Source), finding.Class, Text(finding.Alerts),
                finding.Start.ToString("HH:mm:ss", CultureInfo.InvariantCulture), finding.Seconds.ToString("F1", CultureInfo.InvariantCulture),
            ]);
            head = [string.Empty, string.Empty, string.Empty, string.Empty];
        }
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
