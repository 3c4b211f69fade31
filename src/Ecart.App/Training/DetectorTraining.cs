using System.Globalization;
using Ecart.Detection.Batch;
using Ecart.MariaDb.Models;
using Ecart.Scoring;
using Ecart.Thresholds;
using Ecart.Vectors;

namespace Ecart.App.Training;

/// <summary>Trains batch detectors.</summary>
internal static class DetectorTraining
{
    /// <summary>A method that searches all its rows for each event takes a second for a thousand events with more.</summary>
    private const int MostOfNeighbours = 5000;

    /// <summary>A hundredth of events like those that it learned from lies this far out; of held-out ones as many should.</summary>
    private const double Tail = 0.01;

    /// <summary>Trains a detector on all rows, and another on the earlier ones, which tells what it does with the rest.</summary>
    public static TrainedModel Train(string kind, Matrix rows, int earlier, Matrix fraud, CancellationToken cancellationToken)
    {
        bool isSearched = EvidenceCode.OfDetector(kind) == EvidenceCode.Density;
        BatchDetector half = Fit(kind, Thin(rows, earlier, isSearched), cancellationToken);
        var heldOut = new double[rows.Rows - earlier];
        for (int i = 0; i < heldOut.Length; i++) heldOut[i] = half.Score(rows.Row(earlier + i));
        var tail = new ScoreTail(half.TrainingScores);
        string metrics = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"held_out_beyond_{{Tail}}": {{(double)heldOut.Count(score => tail.Of(score) <= Tail) / heldOut.Length:F4}}{{FraudText(half, heldOut, fraud)}}}""");
        Matrix learned = Thin(rows, rows.Rows, isSearched);
        BatchDetector detector = Fit(kind, learned, cancellationToken);
        return new TrainedModel(ModelSlot.Detector(kind), kind, DetectorArtefact.Version, detector.Save(), learned.Rows, metrics);
    }

    private static BatchDetector Fit(string kind, Matrix rows, CancellationToken cancellationToken)
    {
        BatchDetector detector = BatchDetectors.Make(kind);
        detector.Fit(rows, cancellationToken);
        return detector;
    }

    private static Matrix Thin(Matrix rows, int count, bool isSearched)
    {
        if (!isSearched || count <= MostOfNeighbours) return new Matrix(rows.Values, count, rows.Columns);
        return rows.Select([.. Enumerable.Range(0, MostOfNeighbours).Select(i => (int)((long)i * count / MostOfNeighbours))]);
    }

    /// <summary>How often a confirmed fraud scores higher than a held-out normal event: it was learned from neither.</summary>
    private static string FraudText(BatchDetector detector, double[] heldOut, Matrix fraud)
    {
        if (fraud.Rows == 0) return "";
        double[] sorted = [.. heldOut.Order()];
        double sum = 0;
        for (int i = 0; i < fraud.Rows; i++)
        {
            double score = detector.Score(fraud.Row(i));
            int below = sorted.Count(normal => normal < score);
            int equal = sorted.Count(normal => normal == score);
            sum += (below + (0.5 * equal)) / sorted.Length;
        }

        return string.Create(CultureInfo.InvariantCulture, $", \"fraud\": {fraud.Rows}, \"fraud_auc\": {sum / fraud.Rows:F4}");
    }
}
