using System.CommandLine;
using Ecart.Eval.Running;

namespace Ecart.Eval.Odds;

/// <summary>
/// Tabular sets with given splits: fitted to the training part without labels, measured on the test part, beside the table of Y. Zhao, Z. Nasrullah, Z. Li,
/// PyOD, Journal of Machine Learning Research 2019.
/// </summary>
internal sealed class OddsEvaluation : IEvaluation
{
    public const string Name = "odds";

    private const int MostSeeds = 100;

    private readonly Option<string?> data = FolderOption.Data(
        "Folder of the data sets, or the set's own; every NAME.csv[.gz] that a splits_*.csv[.gz] beside it names is used");

    private readonly Option<string?> scoresOut = FolderOption.ScoresOut("every test row's score (one file for each set, split and detector, first seed)");

    private readonly ResultsOption results = new(Name);

    private readonly Option<string[]> detectors = new("--detectors")
    {
        Description = "Only these, by kind (default: all)",
        HelpName = "KIND,...",
        CustomParser = argument => argument.Tokens[0].Value.Split(','),
    };

    private readonly Option<int> seeds = new("--seeds")
    {
        Description = "Runs of a random detector, with seeds 1 and up (default: 5)",
        HelpName = "N",
        DefaultValueFactory = _ => 5,
    };

    /// <inheritdoc/>
    public Command MakeCommand(EvaluationConsole console)
    {
        seeds.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !(int.TryParse(result.Tokens[0].Value, out int count) && count is >= 1 and <= MostSeeds))
                result.AddError($"--seeds {result.Tokens[0].Value}: give 1 to {MostSeeds}.");
        });
        var command = new Command(Name, "Tabular sets with labelled outliers and a published table: detectors and their default ensemble")
        {
            data, scoresOut, results, detectors, seeds,
        };
        command.SetAction(parsed => Run(parsed, console));
        return command;
    }

    private int Run(ParseResult parsed, EvaluationConsole console)
    {
        IReadOnlyList<OddsDetector> chosen = Choose(parsed.GetValue(detectors));
        string folder = DataFolder.Find(parsed.GetValue(data), OddsFiles.SetName, OddsFiles.IsSet);
        IReadOnlyList<OddsSet> sets = OddsFiles.Read(folder);
        var run = new OddsRun(chosen, parsed.GetValue(seeds), parsed.GetValue(scoresOut));
        IReadOnlyList<OddsFigures> figures = console.WithProgress($"{sets.Count} sets, {chosen.Count} detectors", progress => run.Measure(sets, progress));
        var report = new OddsReport(
            chosen, figures, OddsFiles.ReadPublished(folder, "published_roc.csv", "published_roc_more.csv"), OddsFiles.ReadPublished(folder, "published_precision_at_n.csv"));
        report.Keep(results.PathOf(parsed));
        report.Write(console);
        var line = new Dictionary<string, object> { ["eval"] = Name, ["sets"] = sets.Count };
        foreach ((string key, double mean) in report.Means())
            if (double.IsFinite(mean)) line[key == OddsDetectors.EnsembleKey ? "auc" : key] = mean;
        console.JsonLine(line);
        return 0;
    }

    private static IReadOnlyList<OddsDetector> Choose(string[]? kinds)
    {
        if (kinds is not { Length: > 0 }) return OddsDetectors.All;
        return [.. kinds.Select(kind => OddsDetectors.All.FirstOrDefault(detector => detector.Key == kind) ?? throw new EvaluationException(
            $"There is no detector '{kind}': --detectors takes {string.Join(", ", OddsDetectors.All.Select(detector => detector.Key))}."))];
    }
}
