using System.CommandLine;
using Ecart.Eval.Running;

namespace Ecart.Eval.Nab;

/// <summary>
/// The Numenta Anomaly Benchmark: univariate streams, one point at a time, scored by how early in a window an anomaly is announced and by false alarms.
/// A. Lavin, S. Ahmad, Evaluating Real-time Anomaly Detection Algorithms, ICMLA 2015.
/// </summary>
internal sealed class NabEvaluation : IEvaluation
{
    /// <summary>Name of the command and of the results.</summary>
    public const string Name = "nab";

    private readonly Option<string?> data = FolderOption.Data("Folder of the data sets, or one with combined_windows.json and streams of its own");

    private readonly Option<string?> scoresOut = FolderOption.ScoresOut("every stream with its scores (timestamp,value,anomaly_score)");

    private readonly ResultsOption results = new(Name);

    /// <inheritdoc/>
    public Command MakeCommand(EvaluationConsole console)
    {
        var command = new Command(Name, "Numenta Anomaly Benchmark: univariate streams with anomalous windows, the time-series detector") { data, scoresOut, results };
        command.SetAction(parsed =>
        {
            string path = results.PathOf(parsed);
            Run(console, DataFolder.Find(parsed.GetValue(data), NabCorpus.SetName, NabCorpus.IsSet), parsed.GetValue(scoresOut), path);
            return 0;
        });
        return command;
    }

    private static void Run(EvaluationConsole console, string folder, string? scoresOut, string results)
    {
        IReadOnlyList<NabStream> streams = NabCorpus.Load(folder, console.Notice);
        IReadOnlyList<NabProfile> profiles = NabCorpus.Profiles(folder);
        IReadOnlyList<double[]> scores = console.WithProgress(Name, progress => NabRun.Score(streams, progress));
        NabFigures[] figures = [.. profiles.Select(profile => NabScorer.BestThreshold(streams, scores, profile))];
        NabStreamFigures[] each = [.. streams.Select((stream, i) => NabStreamFigures.Of(stream, scores[i], figures[0].Threshold, profiles[0]))];
        if (scoresOut is not null) NabReport.WriteScores(scoresOut, streams, scores);
        NabReport.Keep(results, Path.GetFileName(Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar)), each);
        NabReport.Write(console, figures, each);
        console.JsonLine(new NabResult(
            Name,
            streams.Count,
            streams.Sum(stream => stream.Windows.Count),
            figures[0].Score,
            figures[1].Score,
            figures[2].Score,
            double.IsFinite(figures[0].Threshold) ? figures[0].Threshold : null));
    }
}
