using Ecart.Detection.Batch;
using Ecart.Scoring;
using Ecart.Thresholds;
using Ecart.Vectors;

namespace Ecart.Eval.TransactionDetectors;

/// <summary>Trained detectors as <c>ecart train</c> would put them in force: fitted to the layouts of normal events before the period, without labels.</summary>
internal static class TrainedVotes
{
    private const int MostRows = 20_000;

    /// <summary>A method that searches all its rows for each event learns from fewer.</summary>
    private const int MostOfNeighbours = 5000;

    /// <summary>Fits a detector and asks it.</summary>
    public static DetectorVote Of(string kind, IReadOnlyList<RankedEvent> before, IReadOnlyList<RankedEvent> period)
    {
        float[][] normal = [.. before.Where(past => past.IsNormal).Select(past => past.Layout)];
        BatchDetector detector = BatchDetectors.Make(kind);
        detector.Fit(Thinned(normal, MostOf(kind)));
        var scores = new double[period.Count];
        detector.Score(Thinned([.. period.Select(present => present.Layout)], period.Count), scores);
        var tail = new ScoreTail(detector.TrainingScores);
        var rank = new RankOptions();
        return new DetectorVote(kind, Array.ConvertAll(scores, score => rank.EvidenceOf(tail.Of(score), rank.TailProbability)), scores);
    }

    private static int MostOf(string kind) => kind == "ensemble" || EvidenceCode.OfDetector(kind) == EvidenceCode.Density ? MostOfNeighbours : MostRows;

    private static Matrix Thinned(float[][] rows, int most)
    {
        int count = Math.Min(most, rows.Length);
        var matrix = new Matrix(count, rows[0].Length);
        for (int i = 0; i < count; i++) rows[(int)((long)i * rows.Length / count)].CopyTo(matrix.Row(i));
        return matrix;
    }
}
