using System.Numerics.Tensors;
using Ecart.Numerics;
using Ecart.Vectors;

namespace Ecart.Detection.Batch.Axes;

/// <summary>
/// Squared Mahalanobis distance from the bulk of the rows: from the mean and the shrunk covariance of those whose covariance has the least determinant, and of what is
/// ordinary by it. Outliers among the training rows do not hide each other. Works with fewer rows than dimensions and with constant columns.
/// </summary>
/// <remarks>
/// P. Rousseeuw, K. Van Driessen, A fast algorithm for the minimum covariance determinant estimator, Technometrics 1999, on columns scaled by median and median absolute
/// deviation. The distance of a training row is as if it had not been in the covariance. At most 10,000 rows, evenly drawn, are fitted to; beyond 512 dimensions the search
/// is over the leading axes.
/// </remarks>
public sealed class RobustMahalanobis : BatchDetector
{
    private const int MostRows = 10_000;
    private const int WideSteps = 3;

    /// <summary>Standard normal quantiles of one half and of 0.975, the part of normal rows that the final estimate is from.</summary>
    private const double MedianQuantile = 0;
    private const double OrdinaryQuantile = 1.959964;

    private readonly RobustMahalanobisOptions options;
    private AxisScorer? scorer;

    /// <summary>Makes one with default options.</summary>
    public RobustMahalanobis()
        : this(new RobustMahalanobisOptions())
    {
    }

    /// <summary>Makes one.</summary>
    /// <exception cref="Ecart.Scoring.OptionsException">A setting is out of its range.</exception>
    public RobustMahalanobis(RobustMahalanobisOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate("mahalanobis");
        this.options = options;
    }

    /// <inheritdoc/>
    public override string Kind => "mahalanobis";

    /// <inheritdoc/>
    protected override double[] FitRows(Matrix rows, CancellationToken cancellation)
    {
        int[] drawn = Draw(rows.Rows);
        Matrix part = drawn.Length == rows.Rows ? rows : rows.Select(drawn);
        RobustScale scale = RobustScale.Of(part);
        Matrix scaled = scale.Apply(part);
        int[] support = rows.Columns > PrincipalAxes.ExactDimensions ? WideSupport(scaled, cancellation) : Support(scaled, cancellation);
        PrincipalAxes axes = PrincipalAxes.Of(scaled.Select(support), false, Threads, cancellation);
        AxisScorer fitted = Shrunk(Unscale(axes, scale), support.Length, out double shrinkage);
        var scores = new double[rows.Rows];
        RowBlocks.Score(rows, scores, options.Threads, fitted.Score, cancellation);
        foreach (int row in support) scores[drawn[row]] = LeftOut(scores[drawn[row]], support.Length, shrinkage);
        scorer = fitted;
        return scores;
    }

    /// <inheritdoc/>
    protected override double ScoreVector(ReadOnlySpan<float> vector) => scorer!.Score(vector);

    /// <inheritdoc/>
    protected override void ScoreRows(Matrix rows, Span<double> scores, CancellationToken cancellation) =>
        RowBlocks.Score(rows, scores, options.Threads, scorer!.Score, cancellation);

    /// <summary>Each dimension's part of the distance, by the symmetric root of the inverse covariance; the parts add up to the score.</summary>
    protected override void ExplainVector(ReadOnlySpan<float> vector, Span<double> contributions) => scorer!.Explain(vector, contributions);

    internal override void WriteLearned(ArtefactWriter writer) => scorer!.Write(writer);

    internal override void ReadLearned(ref ArtefactReader reader, int dimension) => scorer = AxisScorer.Read(ref reader, dimension);

    private int Threads => RowBlocks.Threads(options.Threads);

    private static int[] Draw(int rows)
    {
        var drawn = new int[Math.Min(rows, MostRows)];
        for (int i = 0; i < drawn.Length; i++) drawn[i] = (int)((long)i * rows / drawn.Length);
        return drawn;
    }

    /// <summary>The rows of least determinant, then all that are ordinary by them: as robust, and of less variance.</summary>
    private int[] Support(Matrix scaled, CancellationToken cancellation)
    {
        var search = new MinimumDeterminant(scaled, options.Support, Threads, cancellation);
        int[] found = search.Find(options.Starts, new SeededRandom(options.Seed));
        if (found.Length == scaled.Rows) return found;
        double[] distances = search.Distances(found, out _);
        double[] sorted = [.. distances];
        Array.Sort(sorted);
        double median = sorted[sorted.Length / 2];
        double limit = median / ChiSquared(scaled.Columns, MedianQuantile) * ChiSquared(scaled.Columns, OrdinaryQuantile);
        limit = Math.Max(limit, sorted[found.Length - 1]);
        return [.. Enumerable.Range(0, distances.Length).Where(row => distances[row] <= limit)];
    }

    private int[] WideSupport(Matrix scaled, CancellationToken cancellation)
    {
        int size = Math.Clamp((int)Math.Ceiling(options.Support * scaled.Rows), 1, scaled.Rows);
        var distances = new double[scaled.Rows];
        for (int row = 0; row < distances.Length; row++) distances[row] = TensorPrimitives.Norm<float>(scaled.Row(row));
        for (int step = 0; ; step++)
        {
            int[] order = [.. Enumerable.Range(0, distances.Length)];
            Array.Sort(distances, order);
            int[] nearest = order[..size];
            Array.Sort(nearest);
            if (step == WideSteps || size == scaled.Rows) return nearest;
            PrincipalAxes axes = PrincipalAxes.Of(scaled.Select(nearest), false, Threads, cancellation);
            RowBlocks.Score(scaled, distances, options.Threads, Shrunk(axes, size, out _).Score, cancellation);
        }
    }

    private static PrincipalAxes Unscale(PrincipalAxes axes, RobustScale scale)
    {
        var means = new double[axes.Dimension];
        for (int i = 0; i < means.Length; i++) means[i] = scale.Medians[i] + (axes.Means[i] / scale.Scales[i]);
        return new PrincipalAxes { Means = means, Scales = scale.Scales, Variances = axes.Variances, Axes = axes.Axes, OtherVariance = axes.OtherVariance };
    }

    private static AxisScorer Shrunk(PrincipalAxes axes, int rows, out double shrinkage)
    {
        int others = axes.Dimension - axes.Count;
        double trace = TensorPrimitives.Sum<double>(axes.Variances) + (others * axes.OtherVariance);
        double squares = TensorPrimitives.SumOfSquares<double>(axes.Variances) + (others * axes.OtherVariance * axes.OtherVariance);
        double amount = shrinkage = ShrunkCovariance.Amount(rows, axes.Dimension, trace, squares);
        double added = amount * (trace > 0 ? trace / axes.Dimension : 1);
        double Weight(double variance) => 1 / (((1 - amount) * variance) + added);
        return new AxisScorer(axes, false, Array.ConvertAll(axes.Variances, Weight), Weight(axes.OtherVariance));
    }

    /// <summary>The squared distance without the row itself in mean and covariance, by the rank-one formula.</summary>
    private static double LeftOut(double square, int rows, double shrinkage)
    {
        if (rows < 2) return square;
        double n = rows;
        double left = 1 - ((1 - shrinkage) * n / ((n - 1) * (n - 1)) * square);
        return square * n / (n - 1) * (n / (n - 1)) / Math.Max(left, 1 / n);
    }

    /// <summary>Quantile of the chi-squared distribution (Wilson and Hilferty 1931), to about one percent.</summary>
    private static double ChiSquared(int degrees, double normalQuantile)
    {
        double variance = 2.0 / (9 * degrees);
        return degrees * Math.Pow(1 - variance + (normalQuantile * Math.Sqrt(variance)), 3);
    }
}
