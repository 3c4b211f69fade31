using System.CommandLine;
using System.Globalization;
using Ecart.Eval.Plants;
using Ecart.Eval.Running;
using Spectre.Console;

namespace Ecart.Eval.Batadal;

/// <summary>
/// The Battle of the Attack Detection Algorithms: a water network's hourly SCADA record under attack. R. Taormina et al., Journal of Water
/// Resources Planning and Management 144(8), 2018.
/// </summary>
internal sealed class BatadalEvaluation : IEvaluation
{
    private readonly Option<string?> data = FolderOption.Data("Folder of the data sets, or the set's own: a file without attacks and any with them");

    private readonly Option<string?> scoresOut = FolderOption.ScoresOut("the score of every hour");

    private readonly ResultsOption results = new(BatadalRun.SetName);

    /// <inheritdoc/>
    public Command MakeCommand(EvaluationConsole console)
    {
        var command = new Command(BatadalRun.SetName, "A water network under attack, 43 signals, hourly: learns from the year without attacks") { data, scoresOut, results };
        command.SetAction(parsed => Run(parsed, console));
        return command;
    }

    private int Run(ParseResult parsed, EvaluationConsole console)
    {
        string folder = DataFolder.Find(parsed.GetValue(data), BatadalRun.SetName, BatadalRun.IsSet);
        BatadalRun run = console.WithProgress("learning", _ => BatadalRun.Of(folder, console.Notice, CancellationToken.None));
        string path = results.PathOf(parsed);
        var store = new ResultTable(path, ["file", "attacks", "hours", "s", "s_ttd", "tpr", "tnr"], 1);
        var scores = new List<(PlantRecord Record, BatadalScore Score)>();
        foreach (PlantRecord record in run.Attacked)
        {
            PlantScores scored = console.WithProgress(record.Name, progress => run.Score(record, progress));
            if (parsed.GetValue(scoresOut) is { } output) scored.Write(Path.Combine(output, record.Name + ".csv"), record.Times, record.IsAnomaly!);
            BatadalScore score = BatadalScore.Of(scored.Alarms, record.IsAnomaly);
            scores.Add((record, score));
            store.Put(
            [
                record.Name, Text(score.Delays.Count), Text(record.Values.Rows), Share(score.Total), Share(score.TimeToDetection),
                Share(score.TruePositiveRate), Share(score.TrueNegativeRate),
            ]);
        }

        WriteTables(console, run.Threshold, scores);
        console.JsonLine(new BatadalResult(
            BatadalRun.SetName,
            scores.Count,
            Mean(scores, score => score.Total),
            Mean(scores, score => score.TimeToDetection),
            Mean(scores, score => score.TruePositiveRate),
            Mean(scores, score => score.TrueNegativeRate)));
        return 0;
    }

    private static void WriteTables(EvaluationConsole console, double threshold, List<(PlantRecord Record, BatadalScore Score)> scores)
    {
        Table attacks = new Table().Title("batadal: attacks").AddColumns("file", "attack", "hours", "hours to first alarm");
        Table files = new Table().Title($"batadal: threshold {threshold.ToString("F2", CultureInfo.InvariantCulture)} from training; published on another test: 0.970 to 0.534")
            .AddColumns("file", "attacks", "S", "S_TTD", "TPR", "TNR");
        foreach ((PlantRecord record, BatadalScore score) in scores)
        {
            for (int attack = 0; attack < score.Delays.Count; attack++)
            {
                string delay = score.Delays[attack] < score.Durations[attack] ? Text(score.Delays[attack]) : "never";
                attacks.AddRow(Markup.Escape(record.Name), Text(attack + 1), Text(score.Durations[attack]), delay);
            }

            files.AddRow(
                Markup.Escape(record.Name), Text(score.Delays.Count), Share(score.Total), Share(score.TimeToDetection), Share(score.TruePositiveRate), Share(score.TrueNegativeRate));
        }

        console.Write(attacks);
        console.Write(files);
    }

    private static double Mean(List<(PlantRecord Record, BatadalScore Score)> scores, Func<BatadalScore, double> figure) =>
        Math.Round(scores.Average(pair => figure(pair.Score)), 4);

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Share(double value) => value.ToString("F4", CultureInfo.InvariantCulture);
}
