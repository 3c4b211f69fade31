using Ecart.Eval.Running;
using Spectre.Console;

namespace Ecart.Eval.FraudHandbook;

/// <summary>What a run leaves: a table for people, a row in the committed results, scores for those who want to look further.</summary>
internal static class FraudHandbookReport
{
    private static readonly string[] Header =
    [
        "train", "test", "feedback", "learning", "profiles_from", "rows", "frauds", "auc", "ap", "cp100",
        "recall_scenario_1", "recall_scenario_2", "recall_scenario_3", "auc_scenario_1", "auc_scenario_2", "auc_scenario_3",
    ];

    private static readonly string[] Scenarios = ["1", "2", "3"];

    /// <summary>Published figures on the test week 2018-08-08..14; the last two on 2018-07-25..31, trained on 2018-07-11..17.</summary>
    private static readonly (string Model, string Auc, string Ap, string Cp100)[] Published =
    [
        ("logistic regression, trained on labels", "0.871", "0.606", "0.291"),
        ("random forest, trained on labels", "0.867", "0.658", "0.287"),
        ("XGBoost, trained on labels", "0.862", "0.639", "0.273"),
        ("autoencoder, no labels but label-derived features", "0.836", "0.180", "0.217"),
        ("isolation forest, no labels but label-derived features", "0.808", "0.164", "0.190"),
    ];

    /// <summary>Figures of each run beside the published ones, and by scenario.</summary>
    public static void Write(EvaluationConsole console, FraudHandbookSplit split, IReadOnlyList<(LabelUse Use, FraudHandbookFigures Figures)> runs)
    {
        var table = new Table().Border(TableBorder.Ascii).Title($"fraud-handbook, test {split.Test}");
        table.AddColumns("ranked by", "AUC", "average precision", "card precision@100");
        foreach ((LabelUse use, FraudHandbookFigures figures) in runs)
            table.AddRow(OurName(use), Text(figures.RocAuc), Text(figures.AveragePrecision), Text(figures.CardPrecisionAt100));
        foreach ((string model, string auc, string ap, string cp100) in Published) table.AddRow("published: " + model, auc, ap, cp100);
        console.Write(table);

        var scenarios = new Table().Border(TableBorder.Ascii).Title($"recall among the highest {ScenarioFigures.AlertShare:P0}, by scenario");
        scenarios.AddColumns("scenario", "frauds");
        foreach ((LabelUse use, _) in runs) scenarios.AddColumns($"recall, {use}", "AUC");
        foreach (ScenarioFigures kind in runs[0].Figures.Scenarios)
        {
            string[] cells = [.. runs.SelectMany(run => Cells(run.Figures, kind.Scenario))];
            scenarios.AddRow([kind.Scenario, $"{kind.Frauds}", .. cells]);
        }

        console.Write(scenarios);
    }

    /// <summary>Puts a run into the results under version control.</summary>
    public static void Keep(string path, FraudHandbookSplit split, LabelUse use, DateOnly profilesFrom, FraudHandbookFigures figures) =>
        new ResultTable(path, Header, keyColumns: 4).Put(
        [
            split.Training.ToString(),
            split.Test.ToString(),
            LabelUse.NameOf(use.IsFeedback),
            LabelUse.NameOf(use.IsLearning),
            $"{profilesFrom:yyyy-MM-dd}",
            $"{figures.Rows}",
            $"{figures.Frauds}",
            Text(figures.RocAuc),
            Text(figures.AveragePrecision),
            Text(figures.CardPrecisionAt100),
            .. Scenarios.Select(scenario => Text(Find(figures, scenario)?.Recall ?? double.NaN)),
            .. Scenarios.Select(scenario => Text(Find(figures, scenario)?.RocAuc ?? double.NaN)),
        ]);

    /// <summary>Writes every test transaction with its score.</summary>
    public static void WriteScores(string folder, LabelUse use, IReadOnlyList<ScoredTransaction> transactions)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, $"{FraudHandbookEvaluation.Name}-{(use.IsLearning ? use : "feedback-" + use)}.csv");
        using var writer = new StreamWriter(path) { NewLine = "\n" };
        writer.WriteLine("transaction_id,day,account,rank_score,is_fraud,scenario");
        foreach (ScoredTransaction row in transactions)
            writer.WriteLine($"{row.Uid},{row.Day:yyyy-MM-dd},{row.Account},{row.Score:R},{(row.IsFraud ? 1 : 0)},{row.Scenario}");
    }

    private static string OurName(LabelUse use) => "Ecart, " + use switch
    {
        { IsLearning: true } => "labels 7 days late, trees trained on verdicts",
        { IsFeedback: true } => "labels 7 days late, no trained model",
        _ => "no labels at all",
    };

    private static IEnumerable<string> Cells(FraudHandbookFigures figures, string scenario) =>
        Find(figures, scenario) is { } found ? [Text(found.Recall), Text(found.RocAuc)] : ["", ""];

    private static ScenarioFigures? Find(FraudHandbookFigures figures, string scenario) =>
        figures.Scenarios.FirstOrDefault(kind => kind.Scenario == scenario);

    private static string Text(double figure) => double.IsNaN(figure) ? "" : figure.ToString("0.0000");
}
