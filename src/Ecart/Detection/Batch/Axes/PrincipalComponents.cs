using System.Numerics.Tensors;
using Ecart.Numerics;
using Ecart.Vectors;

namespace Ecart.Detection.Batch.Axes;

/// <summary>
/// Principal components: the directions in which the training rows vary, and how little each of them does. Up to 512 dimensions, or rows, all components; beyond, the
/// leading 64 and the mean variance of the rest.
/// </summary>
/// <remarks>
/// M.-L. Shyu et al., A novel anomaly detection scheme based on principal component classifier, 2003; J. E. Jackson, G. S. Mudholkar, Control procedures for residuals,
/// 1979. Scores are finite for every finite vector, also along dimensions that were constant. They are not robust: for rows that may hold many outliers see
/// <c>mahalanobis</c>.
/// </remarks>
public sealed class PrincipalComponents : BatchDetector
{
    /// <summary>Least part of the variance that an axis is taken to explain: rounding decides below.</summary>
    private const double LeastPart = 1e-12;

    private readonly PrincipalComponentOptions options;
    private AxisScorer? scorer;

    /// <summary>Makes one with default options.</summary>
    public PrincipalComponents()
        : this(new PrincipalComponentOptions())
    {
    }

    /// <summary>Makes one.</summary>
    /// <exception cref="Ecart.Scoring.OptionsException">A setting is out of its range.</exception>
    public PrincipalComponents(PrincipalComponentOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate("pca");
        this.options = options;
    }

    /// <inheritdoc/>
    public override string Kind => "pca";

    /// <inheritdoc/>
    protected override double[] FitRows(Matrix rows, CancellationToken cancellation)
    {
        PrincipalAxes axes = PrincipalAxes.Of(rows, options.Standardise, RowBlocks.Threads(options.Threads), cancellation);
        AxisScorer fitted = options.Score switch
        {
            PrincipalComponentScore.Mahalanobis => Mahalanobis(axes),
            PrincipalComponentScore.ReconstructionError => ReconstructionError(axes),
            _ => WeightedDistance(axes, rows.Rows),
        };
        var scores = new double[rows.Rows];
        RowBlocks.Score(rows, scores, options.Threads, fitted.Score, cancellation);
        scorer = fitted;
        return scores;
    }

    /// <inheritdoc/>
    protected override double ScoreVector(ReadOnlySpan<float> vector) => scorer!.Score(vector);

    /// <inheritdoc/>
    protected override void ScoreRows(Matrix rows, Span<double> scores, CancellationToken cancellation) =>
        RowBlocks.Score(rows, scores, options.Threads, scorer!.Score, cancellation);

    /// <summary>Each dimension's part of the score; the parts add up to it.</summary>
    protected override void ExplainVector(ReadOnlySpan<float> vector, Span<double> contributions) => scorer!.Explain(vector, contributions);

    internal override void WriteLearned(ArtefactWriter writer) => scorer!.Write(writer);

    internal override void ReadLearned(ref ArtefactReader reader, int dimension) => scorer = AxisScorer.Read(ref reader, dimension);

    private static AxisScorer WeightedDistance(PrincipalAxes axes, int rows)
    {
        int others = Math.Max(0, Math.Min(axes.Dimension, rows) - axes.Count);
        double total = TensorPrimitives.Sum<double>(axes.Variances) + (axes.OtherVariance * (axes.Dimension - axes.Count));
        double Weight(double variance) => total > 0 ? 1 / Math.Max(LeastPart, variance / total) : 1;
        return new AxisScorer(axes, true, Array.ConvertAll(axes.Variances, Weight), others * Weight(axes.OtherVariance));
    }

    private AxisScorer Mahalanobis(PrincipalAxes axes)
    {
        double total = TensorPrimitives.Sum<double>(axes.Variances) + (axes.OtherVariance * (axes.Dimension - axes.Count));
        double least = total > 0 ? options.LeastVariance * total / axes.Dimension : 1;
        double Weight(double variance) => 1 / Math.Max(least, variance);
        return new AxisScorer(axes, false, Array.ConvertAll(axes.Variances, Weight), Weight(axes.OtherVariance));
    }

    private AxisScorer ReconstructionError(PrincipalAxes axes)
    {
        double total = TensorPrimitives.Sum<double>(axes.Variances) + (axes.OtherVariance * (axes.Dimension - axes.Count));
        int leading = 0;
        for (double sum = 0; leading < Math.Min(axes.Count, axes.Dimension - 1) && sum < options.ExplainedVariance * total; leading++) sum += axes.Variances[leading];
        return new AxisScorer(axes, false, new double[leading], 1);
    }
}
