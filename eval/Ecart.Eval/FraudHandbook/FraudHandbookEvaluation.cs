using System.CommandLine;
using System.CommandLine.Parsing;
using Ecart.Detection.Batch;
using Ecart.Eval.FraudHandbook.Unsupervised;
using Ecart.Eval.Running;

namespace Ecart.Eval.FraudHandbook;

/// <summary>
/// Card transactions of the Fraud Detection Handbook, in the handbook's own protocol, ranked by the verdict's rank score. Y.-A. Le Borgne, W. Siblini,
/// B. Lebichot, G. Bontempi, Reproducible Machine Learning for Credit Card Fraud Detection, 2022.
/// </summary>
internal sealed class FraudHandbookEvaluation : IEvaluation
{
    /// <summary>Name of the command and of the results.</summary>
    public const string Name = "fraud-handbook";

    private static readonly string[] DefaultDetectors = ["knn", "autoencoder", "knn+extended_isolation_forest", "knn+pca", "extended_isolation_forest", "pca", "hbos", "isolation_forest"];

    private readonly Option<string?> data = FolderOption.Data("Folder of the data sets, or the set's own");

    private readonly Option<DayRange?> training = new("--train")
    {
        Description = "Training days FIRST..LAST: cards with a fraud since the first that is known on a test day do not count "
            + "(default: the week that ends 8 days before the test)",
        HelpName = "A..B",
        CustomParser = ParseRange,
    };

    private readonly Option<DayRange?> test = new("--test")
    {
        Description = $"Days that are measured (default: the week after training and delay, {FraudHandbookSplit.Published.Test} without --train)",
        HelpName = "A..B",
        CustomParser = ParseRange,
    };

    private readonly Option<string?> feedback = new("--feedback")
    {
        Description = "on: labels become known 7 days late. off: no label is used at all (default: runs of both)",
        HelpName = "on|off",
    };

    private readonly Option<string?> learning = new("--learning")
    {
        Description = "on: trees learn from the labels known before the test days, and rank. off: nothing is trained (default: runs of both)",
        HelpName = "on|off",
    };

    private readonly Option<string[]> detectors = new("--detectors")
    {
        Description = "Measure batch detectors instead, fitted without labels on the handbook's own features (default split: train 2018-07-11..17, test 2018-07-25..31)",
        HelpName = "KIND...",
        AllowMultipleArgumentsPerToken = true,
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> scoresOut = FolderOption.ScoresOut("every test transaction with its score");

    private readonly ResultsOption results = new(Name);

    /// <inheritdoc/>
    public Command MakeCommand(EvaluationConsole console)
    {
        feedback.AcceptOnlyFromAmong(LabelUse.NameOf(true), LabelUse.NameOf(false));
        learning.AcceptOnlyFromAmong(LabelUse.NameOf(true), LabelUse.NameOf(false));
        var command = new Command(Name, "Card transactions with three kinds of fraud, April to August 2018, simulated, with published results")
        {
            data, training, test, feedback, learning, detectors, scoresOut, results,
        };
        detectors.Validators.Add(result =>
        {
            foreach (string kind in result.Tokens.SelectMany(token => token.Value.Split(DetectorTable.Joint)))
                if (!BatchDetectors.All.Contains(kind)) result.AddError($"There is no detector '{kind}'; there are {string.Join(", ", BatchDetectors.All)}.");
        });
        command.SetAction(parsed => Run(parsed, console));
        return command;
    }

    private static DayRange? ParseRange(ArgumentResult argument)
    {
        if (DayRange.TryParse(argument.Tokens[0].Value, out DayRange range, out string error)) return range;
        argument.AddError(error);
        return null;
    }

    private int Run(ParseResult parsed, EvaluationConsole console)
    {
        bool isUnsupervised = parsed.GetResult(detectors) is { Implicit: false };
        FraudHandbookSplit split = isUnsupervised && parsed.GetValue(training) is null && parsed.GetValue(test) is null
            ? DetectorRun.Published
            : FraudHandbookSplit.Of(parsed.GetValue(training), parsed.GetValue(test));
        if (split.Training.First >= split.Test.First)
        {
            throw new EvaluationException(
                $"Training days {split.Training} do not begin before test days {split.Test}: give an earlier range by --train.");
        }

        string folder = DataFolder.Find(parsed.GetValue(data), FraudHandbookFiles.SetName, FraudHandbookFiles.IsSet);
        IReadOnlyList<string> paths = FraudHandbookFiles.Select(folder, split.Training, split.Test);
        if (isUnsupervised) return RunDetectors(parsed, console, split, paths);
        var runs = new List<(LabelUse Use, FraudHandbookFigures Figures)>();
        foreach (LabelUse use in ChosenUses(parsed))
        {
            var run = new FraudHandbookRun(split, use);
            IReadOnlyList<ScoredTransaction> counted = split.Select(console.WithProgress(
                $"labels {use}", progress => run.Score(paths, TimeProvider.System, progress)));
            if (run.Rejected > 0) console.Notice($"{run.Rejected} records of {folder} could not be read and are left out.");
            if (run.Notice is { } notice) console.Notice(notice);
            if (counted.Count == 0)
            {
                throw new EvaluationException(
                    $"No transaction of {folder} lies on the test days {split.Test}: choose other days by --test or another folder by --data.");
            }

            FraudHandbookFigures figures = FraudHandbookFigures.Of(counted);
            runs.Add((use, figures));
            FraudHandbookReport.Keep(results.PathOf(parsed), split, use, run.FirstDay, figures);
            if (parsed.GetValue(scoresOut) is { } scores) FraudHandbookReport.WriteScores(scores, use, counted);
        }

        FraudHandbookReport.Write(console, split, runs);
        foreach ((LabelUse use, FraudHandbookFigures figures) in runs) console.JsonLine(FraudHandbookResult.Of(split, use, figures));
        return 0;
    }

    private int RunDetectors(ParseResult parsed, EvaluationConsole console, FraudHandbookSplit split, IReadOnlyList<string> paths)
    {
        string[] kinds = parsed.GetValue(detectors) is { Length: > 0 } given ? given : DefaultDetectors;
        var run = new DetectorRun(split);
        console.WithProgress("features", progress =>
        {
            run.Read(paths, TimeProvider.System, progress);
            return true;
        });
        string path = results.PathOf(parsed);
        DetectorTable.Run(console, run, split, kinds, Path.ChangeExtension(path, null) + "-detectors.csv");
        return 0;
    }

    private LabelUse[] ChosenUses(ParseResult parsed)
    {
        LabelUse[] chosen =
        [
            .. LabelUse.All
                .Where(use => parsed.GetValue(feedback) is not { } mode || mode == LabelUse.NameOf(use.IsFeedback))
                .Where(use => parsed.GetValue(learning) is not { } mode || mode == LabelUse.NameOf(use.IsLearning)),
        ];
        return chosen.Length > 0
            ? chosen
            : throw new EvaluationException("Without labels there is nothing to learn from: --learning on needs --feedback on.");
    }
}
