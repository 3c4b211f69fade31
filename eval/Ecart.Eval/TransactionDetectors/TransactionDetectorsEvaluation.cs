using System.CommandLine;
using Ecart.Detection;
using Ecart.Detection.Batch;
using Ecart.Eval.FraudHandbook;
using Ecart.Eval.Running;

namespace Ecart.Eval.TransactionDetectors;

/// <summary>
/// What trained and streaming detectors add to the rank of the transactions domain, by weight: on weeks of the handbook, without labels and with them, and on
/// simulated weeks. The defaults of the domain follow from it.
/// </summary>
internal sealed class TransactionDetectorsEvaluation : IEvaluation
{
    public const string Name = "transaction-detectors";

    private const int SimulatedWorlds = 3;
    private const double ShownWeight = 0.25;

    /// <summary>Weeks of the handbook: every third, and the two that are published, last.</summary>
    private static readonly DayRange[] Weeks = [.. new[] { "2018-05-16", "2018-06-06", "2018-06-27", "2018-07-25", "2018-08-08", "2018-08-22" }.Select(day => Week(DateOnly.Parse(day)))];

    private readonly Option<string?> data = FolderOption.Data("Folder of the data sets, or the handbook's own");

    private readonly ResultsOption results = new(Name);

    private readonly Option<string[]> detectors = new("--detectors")
    {
        Description = "Only these kinds, trained or streaming (default: all)",
        HelpName = "KIND,...",
        CustomParser = argument => argument.Tokens[0].Value.Split(','),
    };

    private readonly Option<string> source = new("--source")
    {
        Description = "Only these events (default: all)",
        HelpName = "handbook|labels|simulator",
    };

    /// <inheritdoc/>
    public Command MakeCommand(EvaluationConsole console)
    {
        source.AcceptOnlyFromAmong("handbook", "labels", "simulator");
        var command = new Command(Name, "What each detector adds to the rank of the transactions domain, by its weight") { data, results, detectors, source };
        command.SetAction(parsed => Run(parsed, console));
        return command;
    }

    private static DayRange Week(DateOnly first) => new(first, first.AddDays(6));

    private int Run(ParseResult parsed, EvaluationConsole console)
    {
        string[] chosen = parsed.GetValue(detectors) is { Length: > 0 } given ? given : [.. BatchDetectors.All, .. StreamDetectorOptions.Kinds];
        foreach (string kind in chosen.Where(kind => !BatchDetectors.All.Contains(kind) && !StreamDetectorOptions.Kinds.Contains(kind)))
            throw new EvaluationException($"There is no detector '{kind}': --detectors takes {string.Join(", ", BatchDetectors.All.Concat(StreamDetectorOptions.Kinds))}.");
        var sources = new DetectorSources([.. chosen.Where(BatchDetectors.All.Contains)], [.. chosen.Where(StreamDetectorOptions.Kinds.Contains)]);
        var figures = new List<PeriodFigures>();
        string? only = parsed.GetValue(source);
        if (only is null or "simulator")
        {
            for (ulong seed = 1; seed <= SimulatedWorlds; seed++)
                figures.AddRange(console.WithProgress($"simulator {seed}", _ => sources.Simulated(seed)));
        }

        if (only != "simulator")
        {
            string folder = DataFolder.Find(parsed.GetValue(data), FraudHandbookFiles.SetName, FraudHandbookFiles.IsSet);
            IReadOnlyList<string> paths = FraudHandbookFiles.Select(folder, Weeks[0], Weeks[^1]);
            foreach (bool isFeedback in new[] { false, true }.Where(isFeedback => only is null || only == (isFeedback ? "labels" : "handbook")))
                figures.AddRange(console.WithProgress(isFeedback ? "handbook with labels" : "handbook", progress => sources.Handbook(paths, Weeks, isFeedback, progress)));
        }

        ContributionReport.Keep(results.PathOf(parsed), figures);
        ContributionReport.Write(console, figures);
        var line = new Dictionary<string, object> { ["eval"] = Name };
        foreach (string kind in chosen) line[kind] = Math.Round(ContributionReport.Gain(figures, kind, ShownWeight), 4);
        console.JsonLine(line);
        return 0;
    }
}
