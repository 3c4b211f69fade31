using Ecart.Eval.Running;
using Spectre.Console;

namespace Ecart.Eval.Odds;

/// <summary>Figures beside published ones: tables for people, rows for the results under version control, one line of JSON.</summary>
/// <param name="detectors">What was measured.</param>
/// <param name="figures">All of it.</param>
/// <param name="publishedAuc">By set, by published name.</param>
/// <param name="publishedPrecision">The same of precision@n.</param>
internal sealed class OddsReport(
    IReadOnlyList<OddsDetector> detectors,
    IReadOnlyList<OddsFigures> figures,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> publishedAuc,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> publishedPrecision)
{
    private const int MostPublished = 10;

    private static readonly string[] Header =
        ["set", "detector", "auc", "auc_spread_of_seeds", "precision_at_n", "published_auc", "published_precision_at_n"];

    private readonly string[] sets = [.. figures.Select(figure => figure.Set).Distinct()];

    /// <summary>Mean over the sets by detector: the keys of the JSON line.</summary>
    public Dictionary<string, double> Means() => detectors.ToDictionary(detector => detector.Key, detector => Math.Round(OddsFigures.Mean(Of(detector).Select(figure => figure.Auc)), 4));

    public void Write(EvaluationConsole console)
    {
        console.Write(Figures("odds, ROC AUC on the test parts, mean of the splits", figure => figure.Auc));
        console.Write(Figures("odds, precision@n", figure => figure.PrecisionAtN));
        console.Write(Published());
        console.Write(Differences());
    }

    public void Keep(string path)
    {
        var table = new ResultTable(path, Header, keyColumns: 2);
        foreach (OddsFigures figure in figures)
        {
            string? name = detectors.First(detector => detector.Key == figure.Detector).Published;
            table.Put(
            [
                figure.Set, figure.Detector, Text(figure.Auc), Text(figure.AucSpread), Text(figure.PrecisionAtN),
                Text(Find(publishedAuc, figure.Set, name)), Text(Find(publishedPrecision, figure.Set, name)),
            ]);
        }
    }

    private Table Figures(string title, Func<OddsFigures, double> of)
    {
        Table table = new Table().Border(TableBorder.Ascii).Title(title);
        table.AddColumn("set");
        foreach (OddsDetector detector in detectors) table.AddColumn(detector.Key.Replace('_', '\n'), column => column.RightAligned());
        foreach (string set in sets)
            table.AddRow([set, .. detectors.Select(detector => $"{of(figures.First(figure => figure.Set == set && figure.Detector == detector.Key)):0.000}")]);
        table.AddRow(["mean", .. detectors.Select(detector => $"{OddsFigures.Mean(Of(detector).Select(of)):0.000}")]);
        return table;
    }

    private Table Published()
    {
        Table table = new Table().Border(TableBorder.Ascii).Title("published, ROC AUC, the best means first");
        string[] known = [.. sets.Where(publishedAuc.ContainsKey)];
        string[] names =
        [
            .. known.SelectMany(set => publishedAuc[set].Keys).Distinct()
                .Where(name => known.All(set => publishedAuc[set].ContainsKey(name)))
                .OrderByDescending(name => known.Average(set => publishedAuc[set][name])).Take(MostPublished),
        ];
        table.AddColumn("set");
        foreach (string name in names) table.AddColumn(name, column => column.RightAligned());
        foreach (string set in known) table.AddRow([set, .. names.Select(name => Short(Find(publishedAuc, set, name)))]);
        if (known.Length > 0) table.AddRow(["mean", .. names.Select(name => Short(known.Average(set => Find(publishedAuc, set, name))))]);
        return table;
    }

    private Table Differences()
    {
        Table table = new Table().Border(TableBorder.Ascii).Title("beside the published figures of the same method (centroid_distance: CBLOF; mahalanobis: MCD)");
        table.AddColumns("detector", "published as", "mean AUC", "between seeds", "published", "largest difference on a set", "bar");
        foreach (OddsDetector detector in detectors)
        {
            OddsFigures[] known = [.. Of(detector).Where(figure => !double.IsNaN(Find(publishedAuc, figure.Set, detector.Published)))];
            OddsFigures? worst = known.MaxBy(figure => Math.Abs(Difference(figure, detector)));
            table.AddRow(
                detector.Key,
                detector.Published ?? "",
                $"{OddsFigures.Mean(Of(detector).Select(figure => figure.Auc)):0.0000}",
                detector.IsRandom ? $"{Of(detector).Average(figure => figure.AucSpread):0.0000}" : "",
                known.Length == 0 ? "" : $"{known.Average(figure => Find(publishedAuc, figure.Set, detector.Published)):0.0000}",
                worst is null ? "" : $"{Difference(worst, detector):+0.0000;-0.0000} {worst.Set}",
                detector.Bar is { } bar && worst is not null ? $"{bar} {(Math.Abs(Difference(worst, detector)) <= bar + 5e-5 ? "reached" : "missed")}" : "");
        }

        return table;
    }

    private double Difference(OddsFigures figure, OddsDetector detector) => figure.Auc - Find(publishedAuc, figure.Set, detector.Published);

    private IEnumerable<OddsFigures> Of(OddsDetector detector) => figures.Where(figure => figure.Detector == detector.Key);

    private static double Find(IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> published, string set, string? name) =>
        name is not null && published.TryGetValue(set, out IReadOnlyDictionary<string, double>? row) && row.TryGetValue(name, out double figure) ? figure : double.NaN;

    private static string Text(double figure) => double.IsNaN(figure) ? "" : figure.ToString("0.0000");

    private static string Short(double figure) => double.IsNaN(figure) ? "" : figure.ToString("0.000");
}
