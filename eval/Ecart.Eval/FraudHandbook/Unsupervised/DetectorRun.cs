using Ecart.Detection.Batch;
using Ecart.Domains.Transactions;
using Ecart.Embedding;
using Ecart.Eval.Running;
using Ecart.Events;
using Ecart.Streaming.Files;
using Ecart.Streaming.Sources;
using Ecart.Vectors;

namespace Ecart.Eval.FraudHandbook.Unsupervised;

/// <summary>Batch detectors on the handbook's own features, fitted to the training week without its labels and measured on the test week.</summary>
internal sealed class DetectorRun(FraudHandbookSplit split)
{
    /// <summary>Train 2018-07-11..17, test 2018-07-25..31: where the published detectors without training labels were measured.</summary>
    public static FraudHandbookSplit Published { get; } =
        FraudHandbookSplit.Of(null, new DayRange(new DateOnly(2018, 7, 25), new DateOnly(2018, 7, 31)));

    private readonly List<(ScoredTransaction Transaction, float[] Features)> rows = [];

    /// <summary>Reads the files.</summary>
    /// <exception cref="EvaluationException">One cannot be read.</exception>
    public void Read(IReadOnlyList<string> paths, TimeProvider time, Action<double> progress)
    {
        (RecordReader reader, TruthRecorder truth) = FraudHandbookFiles.Open(paths, time);
        using var source = new FileReplaySource(paths, reader, new ReplayLabels(Apply: false, TimeSpan.Zero, ApplyRest: false));
        var features = new HandbookFeatures();
        for (long items = 0; source.TryRead(out ReplayItem item); items++)
        {
            if (items % 4096 == 0) progress(source.Progress);
            if (item.Event is not TransactionEvent transaction) continue;
            var day = DateOnly.FromDateTime(transaction.OccurredAt);
            if (day > split.Test.Last) break;
            string? scenario = truth.ScenarioOf(transaction.EventUid);
            float[] vector = features.Next(transaction, scenario is not null);
            if (day >= split.Training.First) rows.Add((new ScoredTransaction(transaction.EventUid, day, transaction.AccountId, 0, scenario), vector));
        }

        if (source.Failure is { } fault) throw new EvaluationException(fault, EvaluationProgram.Failed);
    }

    /// <summary>
    /// Fits detectors and measures them, several as one: the mean of −ln of the share of training transactions that each of them finds as strange. Features are standardised and whitened by the training week: counts and means over 1, 7 and 30 days say much the same.
    /// </summary>
    public FraudHandbookFigures Measure(IReadOnlyList<IBatchDetector> detectors)
    {
        float[][] training = [.. rows.Where(row => split.Training.Contains(row.Transaction.Day)).Select(row => row.Features)];
        if (training.Length == 0) throw new EvaluationException($"No transaction lies on the training days {split.Training}: choose others by --train.");
        Dictionary<string, float[]> vectors = rows.ToDictionary(row => row.Transaction.Uid, row => row.Features, StringComparer.Ordinal);
        ScoredTransaction[] test = [.. split.Select([.. rows.Select(row => row.Transaction)])];
        (float[] means, float[] scales) = Scale(training);
        Matrix standard = ToMatrix(training, means, scales);
        var whitening = PcaWhitening.Fit(standard, PcaWhiteningOptions.Default);
        Matrix learned = Whiten(whitening, standard);
        Matrix measured = Whiten(whitening, ToMatrix([.. test.Select(row => vectors[row.Uid])], means, scales));
        var scores = new double[test.Length];
        foreach (IBatchDetector detector in detectors)
        {
            detector.Fit(learned);
            var own = new double[test.Length];
            detector.Score(measured, own);
            if (detectors.Count > 1) ToStrangeness(own, detector.TrainingScores);
            for (int i = 0; i < scores.Length; i++) scores[i] += own[i];
        }

        return FraudHandbookFigures.Of([.. test.Select((row, i) => row with { Score = scores[i] })]);
    }

    private static (float[] Means, float[] Scales) Scale(float[][] training)
    {
        var means = new float[HandbookFeatures.Count];
        var scales = new float[HandbookFeatures.Count];
        for (int j = 0; j < HandbookFeatures.Count; j++)
        {
            double mean = training.Average(row => (double)row[j]);
            double variance = training.Average(row => (row[j] - mean) * (row[j] - mean));
            means[j] = (float)mean;
            scales[j] = variance > 0 ? (float)Math.Sqrt(variance) : 1;
        }

        return (means, scales);
    }

    private static void ToStrangeness(double[] scores, ReadOnlySpan<double> trainingScores)
    {
        double[] sorted = trainingScores.ToArray();
        Array.Sort(sorted);
        for (int i = 0; i < scores.Length; i++)
        {
            int below = Array.BinarySearch(sorted, scores[i]);
            if (below < 0) below = ~below;
            scores[i] = -Math.Log((sorted.Length - below + 1.0) / (sorted.Length + 1.0));
        }
    }

    private static Matrix Whiten(PcaWhitening whitening, Matrix rows)
    {
        var whitened = new Matrix(rows.Rows, whitening.Dimension);
        for (int i = 0; i < rows.Rows; i++) whitening.Embed(rows.Row(i), whitened.Row(i));
        return whitened;
    }

    private static Matrix ToMatrix(float[][] vectors, float[] means, float[] scales)
    {
        var matrix = new Matrix(vectors.Length, HandbookFeatures.Count);
        for (int i = 0; i < vectors.Length; i++)
        {
            Span<float> row = matrix.Row(i);
            for (int j = 0; j < row.Length; j++) row[j] = (vectors[i][j] - means[j]) / scales[j];
        }

        return matrix;
    }
}
