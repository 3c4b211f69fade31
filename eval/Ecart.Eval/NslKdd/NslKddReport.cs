using Ecart.Eval.Running;
using Spectre.Console;

namespace Ecart.Eval.NslKdd;

/// <summary>What a run leaves: a table, rows in the results under version control, scores for those who want to look further.</summary>
internal static class NslKddReport
{
    // A test file may name hundreds of attacks and no category.
    private const int MostCategories = 8;

    private static readonly string[] Header = ["test", "detector", "normal_trained", "records", "attacks", "auc", "ap"];

    public static void Write(EvaluationConsole console, NslKddSplit split, IReadOnlyList<NslKddFigures> figures)
    {
        Table table = new Table().Border(TableBorder.Ascii).Title($"nsl_kdd, {split.Normal.Count} normal records learned, test: {split.TestName}, {split.Test.Count} records");
        table.AddColumns("detector", "AUC", "average precision");
        (string Category, int Records, double Auc)[] shown = [.. figures[0].ByCategory.OrderByDescending(category => category.Records).Take(MostCategories)];
        foreach ((string category, int records, _) in shown) table.AddColumn($"AUC {category}\n({records})");
        foreach (NslKddFigures run in figures)
        {
            table.AddRow(
            [
                run.Detector, Text(run.Auc), Text(run.AveragePrecision),
                .. shown.Select(category => Text(run.ByCategory.First(other => other.Category == category.Category).Auc)),
            ]);
        }

        table.AddRow(["published: autoencoders, on KDDTest+", "0.91 to 0.95"]);
        console.Write(table);
    }

    public static void Keep(string path, NslKddSplit split, IReadOnlyList<NslKddFigures> figures)
    {
        var table = new ResultTable(path, Header, keyColumns: 2);
        int attacks = Enumerable.Range(0, split.Test.Count).Count(split.Test.IsAttack);
        foreach (NslKddFigures run in figures)
            table.Put([split.TestName, run.Detector, $"{split.Normal.Count}", $"{split.Test.Count}", $"{attacks}", Text(run.Auc), Text(run.AveragePrecision)]);
    }

    public static void WriteScores(string folder, ConnectionRecords test, string detector, double[] scores)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllLines(
            Path.Combine(folder, $"{NslKddEvaluation.Name}-{detector}.csv"),
            ["score,label,category", .. scores.Select((score, record) => $"{score:R},{test.Labels[record]},{test.Categories[record]}")]);
    }

    private static string Text(double figure) => double.IsNaN(figure) ? "" : figure.ToString("0.0000");
}
