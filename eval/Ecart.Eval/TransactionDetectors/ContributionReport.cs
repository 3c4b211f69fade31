using Ecart.Eval.Running;
using Spectre.Console;

namespace Ecart.Eval.TransactionDetectors;

/// <summary>What each detector adds, a table a source, and all figures as CSV.</summary>
internal static class ContributionReport
{
    private static readonly string[] Header = ["source", "period", "detector", "weight", "rows", "frauds", "auc", "ap", "cp100"];

    public static void Write(EvaluationConsole console, IReadOnlyList<PeriodFigures> figures)
    {
        foreach (IGrouping<string, PeriodFigures> source in figures.GroupBy(one => one.Source)) Write(console, source.Key, [.. source]);
    }

    public static void Keep(string path, IEnumerable<PeriodFigures> figures)
    {
        var table = new ResultTable(path, Header, keyColumns: 4);
        foreach (PeriodFigures one in figures)
        {
            table.Put(
            [
                one.Source, one.Period.ToString(), one.Detector, double.IsNaN(one.Weight) ? "alone" : $"{one.Weight:0.00}",
                $"{one.Figures.Rows}", $"{one.Figures.Frauds}", Text(one.Figures.RocAuc), Text(one.Figures.AveragePrecision), Text(one.Figures.CardPrecisionAt100),
            ]);
        }
    }

    /// <summary>Mean over the periods of the average precision that a detector adds at a weight.</summary>
    public static double Gain(IReadOnlyList<PeriodFigures> figures, string detector, double weight) => figures
        .Where(one => one.Detector == detector && one.Weight == weight)
        .Average(one => one.Figures.AveragePrecision - Plain(figures, one).Figures.AveragePrecision);

    private static void Write(EvaluationConsole console, string source, PeriodFigures[] figures)
    {
        PeriodFigures[] plain = [.. figures.Where(one => one.Detector == PeriodFigures.None)];
        var table = new Table().Border(TableBorder.Ascii).Title(
            $"{source}: {plain.Length} weeks, {plain.Sum(one => one.Figures.Frauds)} frauds; the rank alone has AUC {plain.Average(one => one.Figures.RocAuc):0.0000}, "
            + $"AP {plain.Average(one => one.Figures.AveragePrecision):0.0000}, CP@100 {plain.Average(one => one.Figures.CardPrecisionAt100):0.0000}");
        table.AddColumns("detector", "alone AUC", "alone AP");
        foreach (double weight in PeriodFigures.AllWeights) table.AddColumns($"at {weight:0.00}: AUC", "AP", "worst week");
        foreach (string detector in figures.Select(one => one.Detector).Distinct().Where(detector => detector != PeriodFigures.None))
        {
            PeriodFigures[] own = [.. figures.Where(one => one.Detector == detector)];
            PeriodFigures[] alone = [.. own.Where(one => double.IsNaN(one.Weight))];
            var cells = new List<string> { detector, Text(alone.Average(one => one.Figures.RocAuc)), Text(alone.Average(one => one.Figures.AveragePrecision)) };
            foreach (double weight in PeriodFigures.AllWeights)
            {
                PeriodFigures[] mixed = [.. own.Where(one => one.Weight == weight)];
                double[] gains = [.. mixed.Select(one => one.Figures.AveragePrecision - Plain(figures, one).Figures.AveragePrecision)];
                cells.AddRange(
                    [Signed(mixed.Average(one => one.Figures.RocAuc - Plain(figures, one).Figures.RocAuc)), Signed(gains.Average()), Signed(gains.Min())]);
            }

            table.AddRow([.. cells]);
        }

        console.Write(table);
    }

    private static PeriodFigures Plain(IReadOnlyList<PeriodFigures> figures, PeriodFigures of) =>
        figures.First(one => one.Detector == PeriodFigures.None && one.Source == of.Source && one.Period == of.Period);

    private static string Text(double figure) => double.IsNaN(figure) ? "" : figure.ToString("0.0000");

    private static string Signed(double figure) => figure.ToString("+0.0000;-0.0000");
}
