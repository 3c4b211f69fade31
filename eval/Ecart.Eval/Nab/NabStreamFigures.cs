namespace Ecart.Eval.Nab;

/// <summary>Result of one stream at the corpus' threshold for the standard profile.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Found">Windows with a detection.</param>
/// <param name="FalseAlarms">Detections outside windows, probation left out.</param>
/// <param name="Raw">What it adds to the corpus' raw score.</param>
internal sealed record NabStreamFigures(NabStream Stream, int Found, int FalseAlarms, double Raw)
{
    /// <summary>Counts what a threshold detects.</summary>
    public static NabStreamFigures Of(NabStream stream, double[] scores, double threshold, NabProfile profile)
    {
        int[] detections = [.. Enumerable.Range(stream.Probation, Math.Max(0, scores.Length - stream.Probation)).Where(i => scores[i] >= threshold)];
        bool IsIn(NabWindow window, int point) => point >= window.First && point <= window.Last;
        return new NabStreamFigures(
            stream,
            stream.Windows.Count(window => detections.Any(point => IsIn(window, point))),
            detections.Count(point => !stream.Windows.Any(window => IsIn(window, point))),
            NabScorer.ScoreAt(stream, scores, threshold, profile));
    }
}
