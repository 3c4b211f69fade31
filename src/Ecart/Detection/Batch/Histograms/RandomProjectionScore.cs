using Ecart.Numerics;
using Ecart.Vectors;

namespace Ecart.Detection.Batch.Histograms;

/// <summary>
/// LODA: histograms of many sparse random projections; the mean of how improbable each finds the vector. Nearly as fast as <see cref="HistogramScore"/>, and sees combinations of
/// dimensions. Each dimension counts in units of its standard deviation.
/// </summary>
/// <remarks>T. Pevný, LODA: Lightweight on-line detector of anomalies, Machine Learning 2016.</remarks>
public sealed class RandomProjectionScore : BatchDetector
{
    private readonly RandomProjectionOptions options;
    private Model? model;

    /// <summary>Makes one with default options.</summary>
    public RandomProjectionScore()
        : this(new RandomProjectionOptions())
    {
    }

    /// <summary>Makes one.</summary>
    /// <exception cref="Ecart.Scoring.OptionsException">A setting is out of its range.</exception>
    public RandomProjectionScore(RandomProjectionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate("loda");
        this.options = options;
    }

    /// <inheritdoc/>
    public override string Kind => "loda";

    /// <inheritdoc/>
    protected override double[] FitRows(Matrix rows, CancellationToken cancellation)
    {
        int bins = options.Bins > 0 ? options.Bins : (int)Math.Clamp(2 * Math.Cbrt(rows.Rows), 5, 100);
        SparseProjections projections = SparseProjections.Draw(rows, options.Projections, new SeededRandom(options.Seed), cancellation);
        var fitted = new Model(projections, HistogramTable.Of(projections.Project(rows), bins, options.Smoothing, cancellation));
        var scores = new double[rows.Rows];
        RowBlocks.Score(rows, scores, options.Threads, fitted.Score, cancellation);
        model = fitted;
        return scores;
    }

    /// <inheritdoc/>
    protected override double ScoreVector(ReadOnlySpan<float> vector) => model!.Score(vector);

    /// <inheritdoc/>
    protected override void ScoreRows(Matrix rows, Span<double> scores, CancellationToken cancellation) =>
        RowBlocks.Score(rows, scores, options.Threads, model!.Score, cancellation);

    /// <summary>
    /// How much more improbable the projections that use a dimension find the vector than those that do not, in standard errors (the one-sided statistic of the paper).
    /// </summary>
    protected override void ExplainVector(ReadOnlySpan<float> vector, Span<double> contributions) => model!.Explain(vector, contributions);

    internal override void WriteLearned(ArtefactWriter writer)
    {
        model!.Projections.Write(writer);
        model.Table.Write(writer);
    }

    internal override void ReadLearned(ref ArtefactReader reader, int dimension)
    {
        SparseProjections projections = SparseProjections.Read(ref reader, dimension);
        model = new Model(projections, HistogramTable.Read(ref reader, projections.Count));
    }

    private sealed record Model(SparseProjections Projections, HistogramTable Table)
    {
        public double Score(ReadOnlySpan<float> vector)
        {
            double sum = 0;
            for (int projection = 0; projection < Projections.Count; projection++) sum += Table.Surprise(projection, Projections.Project(projection, vector));
            return sum / Projections.Count;
        }

        public void Score(Matrix rows, int first, Span<double> scores)
        {
            for (int i = 0; i < scores.Length; i++) scores[i] = Score(rows.Row(first + i));
        }

        public void Explain(ReadOnlySpan<float> vector, Span<double> contributions)
        {
            using var counted = new Scratch<int>(vector.Length);
            using var summed = new Scratch<double>(2 * vector.Length);
            Span<int> counts = counted.Span;
            Span<double> sums = summed.Span[..vector.Length];
            Span<double> squares = summed.Span[vector.Length..];
            counts.Clear();
            summed.Span.Clear();
            double sum = 0, square = 0;
            for (int projection = 0; projection < Projections.Count; projection++)
            {
                double surprise = Table.Surprise(projection, Projections.Project(projection, vector));
                sum += surprise;
                square += surprise * surprise;
                foreach (int dimension in Projections.DimensionsOf(projection))
                {
                    counts[dimension]++;
                    sums[dimension] += surprise;
                    squares[dimension] += surprise * surprise;
                }
            }

            for (int dimension = 0; dimension < vector.Length; dimension++)
            {
                int without = Projections.Count - counts[dimension];
                double with = Spread(counts[dimension], sums[dimension], squares[dimension], out double mean);
                double others = Spread(without, sum - sums[dimension], square - squares[dimension], out double otherMean);
                double error = Math.Sqrt(with + others);
                contributions[dimension] = counts[dimension] == 0 ? 0 : without == 0 ? mean : Math.Max(0, mean - otherMean) / Math.Max(error, 1e-9);
            }
        }

        /// <returns>The squared standard error of the mean.</returns>
        private static double Spread(int count, double sum, double square, out double mean)
        {
            mean = count == 0 ? 0 : sum / count;
            return count == 0 ? 0 : Math.Max(0, (square / count) - (mean * mean)) / count;
        }
    }
}
