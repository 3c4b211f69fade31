using System.CommandLine;
using Ecart.Detection.Ensembles;
using Ecart.Eval.Running;
using Ecart.Vectors;

namespace Ecart.Eval.NslKdd;

/// <summary>
/// Connection records of a simulated network under attack: learned from normal records only, measured on the rest of the file or on a test file beside it. M.
/// Tavallaee, E. Bagheri, W. Lu, A. Ghorbani, A detailed analysis of the KDD CUP 99 data set, CISDA 2009.
/// </summary>
internal sealed class NslKddEvaluation : IEvaluation
{
    public const string Name = "nsl_kdd";

    /// <summary>Measured too, to see what the ensemble is made of.</summary>
    private static readonly string[] Others = ["knn", "isolation_forest", "hbos", "centroid_distance", "mahalanobis"];

    private readonly Option<string?> data = FolderOption.Data("Folder of the data sets, or the set's own; a KDDTest* file in it is the test");

    private readonly Option<string?> scoresOut = FolderOption.ScoresOut("every test record's score");

    private readonly ResultsOption results = new(Name);

    /// <inheritdoc/>
    public Command MakeCommand(EvaluationConsole console)
    {
        var command = new Command(Name, "Connection records of a network under attack: normal ones learned, attacks found") { data, scoresOut, results };
        command.Aliases.Add("nsl-kdd");
        command.SetAction(parsed => Run(parsed, console));
        return command;
    }

    private int Run(ParseResult parsed, EvaluationConsole console)
    {
        string folder = DataFolder.Find(parsed.GetValue(data), NslKddFiles.SetName, NslKddFiles.IsSet);
        (ConnectionRecords training, ConnectionRecords? test, string? testFile) = NslKddFiles.Read(folder);
        NslKddSplit split = NslKddSplit.Of(training, test, testFile);
        if (split.Normal.Count == 0) throw new EvaluationException($"The first 80 % of the training file in {folder} hold no record labelled {ConnectionRecords.Normal}.");
        var encoder = new RecordEncoder(split.Normal);
        Matrix normal = encoder.Encode(split.Normal);
        Matrix measured = encoder.Encode(split.Test);
        string[] kinds = [EnsembleDetector.KindName, .. Others];
        List<NslKddFigures> figures = console.WithProgress($"{split.Test.Count} records", progress =>
        {
            var runs = new List<NslKddFigures>();
            foreach (string kind in kinds)
            {
                double[] scores = Score(kind, normal, measured);
                runs.Add(NslKddFigures.Of(kind, split.Test, scores));
                if (parsed.GetValue(scoresOut) is { } scoresFolder) NslKddReport.WriteScores(scoresFolder, split.Test, kind, scores);
                progress((double)runs.Count / kinds.Length);
            }

            return runs;
        });
        NslKddReport.Keep(results.PathOf(parsed), split, figures);
        NslKddReport.Write(console, split, figures);
        console.JsonLine(NslKddResult.Of(split, figures[0]));
        return 0;
    }

    /// <summary>A member alone, as an ensemble of one, gets its dimensions on one scale too.</summary>
    private static double[] Score(string kind, Matrix normal, Matrix measured)
    {
        var detector = new EnsembleDetector(kind == EnsembleDetector.KindName ? new EnsembleOptions() : EnsembleOptions.Alone(kind));
        detector.Fit(normal);
        var scores = new double[measured.Rows];
        detector.Score(measured, scores);
        return scores;
    }
}
