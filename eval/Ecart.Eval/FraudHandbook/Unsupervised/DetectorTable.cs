using Ecart.Detection.Batch;
using Ecart.Eval.Running;
using Spectre.Console;

namespace Ecart.Eval.FraudHandbook.Unsupervised;

/// <summary>Batch detectors beside the published ones that were trained without labels.</summary>
internal static class DetectorTable
{
    /// <summary>Joins kinds that are measured as one.</summary>
    public const char Joint = '+';

    private static readonly string[] Header = ["train", "test", "detector", "rows", "frauds", "auc", "ap", "cp100"];

    /// <summary>Measures detectors with default options, and prints and keeps their figures.</summary>
    /// <param name="console">Where it is printed.</param>
    /// <param name="run">The transactions, read.</param>
    /// <param name="split">Their days.</param>
    /// <param name="kinds">Kinds of <see cref="BatchDetectors"/>, or several with <see cref="Joint"/> between.</param>
    /// <param name="resultsPath">The CSV file.</param>
    public static void Run(EvaluationConsole console, DetectorRun run, FraudHandbookSplit split, IReadOnlyList<string> kinds, string resultsPath)
    {
        var table = new Table().Border(TableBorder.Ascii).Title($"fraud-handbook, no training labels: train {split.Training}, test {split.Test}");
        table.AddColumns("detector, on the handbook's 15 features", "AUC", "average precision", "card precision@100");
        var lines = new List<DetectorResult>();
        foreach (string kind in kinds)
        {
            FraudHandbookFigures figures = console.WithProgress(kind, _ => run.Measure([.. kind.Split(Joint).Select(BatchDetectors.Make)]));
            string[] cells = [Text(figures.RocAuc), Text(figures.AveragePrecision), Text(figures.CardPrecisionAt100)];
            table.AddRow([kind, .. cells]);
            new ResultTable(resultsPath, Header, keyColumns: 3).Put(
                [split.Training.ToString(), split.Test.ToString(), kind, $"{figures.Rows}", $"{figures.Frauds}", .. cells]);
            lines.Add(new DetectorResult(
                FraudHandbookEvaluation.Name, kind, figures.RocAuc, figures.AveragePrecision, figures.CardPrecisionAt100, figures.Rows, figures.Frauds));
        }

        table.AddRow("published: autoencoder", "0.836", "0.180", "0.217");
        table.AddRow("published: isolation forest", "0.808", "0.164", "0.190");
        console.Write(table);
        foreach (DetectorResult line in lines) console.JsonLine(line);
    }

    private static string Text(double figure) => double.IsNaN(figure) ? "" : figure.ToString("0.0000");

    private sealed record DetectorResult(string Eval, string Detector, double Auc, double Ap, double Cp100, int Rows, int Frauds);
}
