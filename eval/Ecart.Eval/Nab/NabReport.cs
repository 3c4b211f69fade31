using System.Globalization;
using Ecart.Eval.Running;
using Spectre.Console;

namespace Ecart.Eval.Nab;

/// <summary>What a run leaves: tables for people, rows in the committed results, scores for those who want to look further.</summary>
internal static class NabReport
{
    private static readonly string[] Header = ["corpus", "stream", "points", "windows", "found", "false_alarms", "standard_raw"];

    /// <summary>Published figures on 38 of the benchmark's 58 streams: all of realAWSCloudwatch, realTweets and artificial.</summary>
    private static readonly (string Detector, string Standard, string LowFp, string LowFn)[] Published =
    [
        ("ARTime", "75.4", "64.3", "81.2"),
        ("contextOSE", "72.9", "69.9", "75.8"),
        ("Numenta HTM", "70.2", "63.4", "74.4"),
        ("Skyline", "61.7", "44.2", "69.2"),
        ("KNN-CAD", "60.5", "44.5", "67.4"),
        ("relative entropy", "54.7", "48.7", "58.2"),
        ("Twitter", "50.0", "29.4", "58.9"),
        ("random cut forest", "49.4", "43.3", "60.6"),
        ("windowed gaussian", "38.4", "9.0", "49.7"),
    ];

    /// <summary>Figures of the corpus beside the published ones, and of each folder at the corpus' own threshold.</summary>
    public static void Write(EvaluationConsole console, IReadOnlyList<NabFigures> figures, IReadOnlyList<NabStreamFigures> streams)
    {
        var table = new Table().Border(TableBorder.Ascii).Title($"nab, {streams.Count} streams, {streams.Sum(stream => stream.Stream.Windows.Count)} windows");
        table.AddColumns("detector", "standard", "low FP", "low FN");
        table.AddRow(["Ecart time_series", .. figures.Select(profile => Text(profile.Score))]);
        foreach ((string detector, string standard, string lowFp, string lowFn) in Published)
            table.AddRow($"published on the public 38: {detector}", standard, lowFp, lowFn);
        console.Write(table);

        var folders = new Table().Border(TableBorder.Ascii).Title("standard profile, at the corpus' threshold, by folder");
        folders.AddColumns("folder", "streams", "windows", "found", "false alarms", "score");
        foreach (IGrouping<string, NabStreamFigures> folder in streams.GroupBy(stream => Path.GetDirectoryName(stream.Stream.Name) ?? ""))
        {
            int windows = folder.Sum(stream => stream.Stream.Windows.Count);
            double raw = folder.Sum(stream => stream.Raw);
            folders.AddRow(
                folder.Key, $"{folder.Count()}", $"{windows}", $"{folder.Sum(stream => stream.Found)}", $"{folder.Sum(stream => stream.FalseAlarms)}",
                windows == 0 ? "" : Text(NabScorer.Normalised(raw, windows, NabProfile.Published[0])));
        }

        console.Write(folders);
    }

    /// <summary>Puts every stream into the results under version control.</summary>
    /// <param name="path">The CSV.</param>
    /// <param name="corpus">Name of the corpus' folder, that tells corpora apart.</param>
    /// <param name="streams">The streams.</param>
    public static void Keep(string path, string corpus, IReadOnlyList<NabStreamFigures> streams)
    {
        var table = new ResultTable(path, Header, keyColumns: 2);
        foreach (NabStreamFigures figures in streams)
        {
            table.Put(
            [
                corpus.Replace(',', '_'), figures.Stream.Name, $"{figures.Stream.Points.Count}", $"{figures.Stream.Windows.Count}", $"{figures.Found}",
                $"{figures.FalseAlarms}", figures.Raw.ToString("0.0000", CultureInfo.InvariantCulture),
            ]);
        }
    }

    /// <summary>Writes every point with its score, in the folders and files of the data.</summary>
    public static void WriteScores(string folder, IReadOnlyList<NabStream> streams, IReadOnlyList<double[]> scores)
    {
        for (int i = 0; i < streams.Count; i++)
        {
            string path = Path.Combine(folder, streams[i].Name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var writer = new StreamWriter(path) { NewLine = "\n" };
            writer.WriteLine("timestamp,value,anomaly_score");
            for (int j = 0; j < scores[i].Length; j++)
            {
                NabPoint point = streams[i].Points[j];
                writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{point.TimeText},{point.ValueText},{scores[i][j]:R}"));
            }
        }
    }

    private static string Text(double figure) => figure.ToString("0.00", CultureInfo.InvariantCulture);
}
