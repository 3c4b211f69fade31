using Ecart.Vectors;

namespace Ecart.Detection.Batch.Histograms;

/// <summary>
/// How improbable each dimension is by itself, added up: −ln of the height of the value's bin, relative to the highest bin. The fastest of the detectors, blind
/// to combinations of ordinary values. Beyond the training rows the density falls with the distance, so that farther is always stranger.
/// </summary>
/// <remarks>M. Goldstein, A. Dengel, Histogram-based outlier score (HBOS), KI 2012. 0 is the most common value in every dimension.</remarks>
public sealed class HistogramScore : BatchDetector
{
    private readonly HistogramScoreOptions options;
    private HistogramTable? table;

    /// <summary>Makes one with default options.</summary>
    public HistogramScore()
        : this(new HistogramScoreOptions())
    {
    }

    /// <summary>Makes one.</summary>
    /// <exception cref="Ecart.Scoring.OptionsException">A setting is out of its range.</exception>
    public HistogramScore(HistogramScoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate("hbos");
        this.options = options;
    }

    /// <inheritdoc/>
    public override string Kind => "hbos";

    /// <inheritdoc/>
    protected override double[] FitRows(Matrix rows, CancellationToken cancellation)
    {
        HistogramTable fitted = HistogramTable.Of(rows, options.Bins, options.Smoothing, cancellation);
        var scores = new double[rows.Rows];
        RowBlocks.Score(rows, scores, options.Threads, (all, first, block) => ScoreBlock(fitted, all, first, block), cancellation);
        table = fitted;
        return scores;
    }

    /// <inheritdoc/>
    protected override double ScoreVector(ReadOnlySpan<float> vector) => ScoreVector(table!, vector);

    /// <inheritdoc/>
    protected override void ScoreRows(Matrix rows, Span<double> scores, CancellationToken cancellation) =>
        RowBlocks.Score(rows, scores, options.Threads, (all, first, block) => ScoreBlock(table!, all, first, block), cancellation);

    /// <summary>−ln of each dimension's relative height; they add up to the score.</summary>
    protected override void ExplainVector(ReadOnlySpan<float> vector, Span<double> contributions)
    {
        for (int dimension = 0; dimension < vector.Length; dimension++) contributions[dimension] = table!.Surprise(dimension, vector[dimension]);
    }

    internal override void WriteLearned(ArtefactWriter writer) => table!.Write(writer);

    internal override void ReadLearned(ref ArtefactReader reader, int dimension) => table = HistogramTable.Read(ref reader, dimension);

    private static double ScoreVector(HistogramTable fitted, ReadOnlySpan<float> vector)
    {
        double sum = 0;
        for (int dimension = 0; dimension < vector.Length; dimension++) sum += fitted.Surprise(dimension, vector[dimension]);
        return sum;
    }

    private static void ScoreBlock(HistogramTable fitted, Matrix rows, int first, Span<double> scores)
    {
        for (int i = 0; i < scores.Length; i++) scores[i] = ScoreVector(fitted, rows.Row(first + i));
    }
}
