using Ecart.Vectors;

namespace Ecart.Detection.Batch.Tails;

/// <summary>What the detectors have in common that add up, over the dimensions, how few training rows are as far out as a value.</summary>
public abstract class TailDetector : BatchDetector
{
    private readonly TailOptions options;
    private EmpiricalTails? tails;

    private protected TailDetector(string kind, TailOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate(kind);
        Kind = kind;
        this.options = options;
    }

    /// <inheritdoc/>
    public sealed override string Kind { get; }

    /// <inheritdoc/>
    protected sealed override double[] FitRows(Matrix rows, CancellationToken cancellation)
    {
        EmpiricalTails fitted = EmpiricalTails.Of(rows, RowBlocks.Threads(options.Threads), cancellation);
        var scores = new double[rows.Rows];
        RowBlocks.Score(rows, scores, options.Threads, (all, first, block) => ScoreBlock(fitted, all, first, block), cancellation);
        tails = fitted;
        return scores;
    }

    /// <inheritdoc/>
    protected sealed override double ScoreVector(ReadOnlySpan<float> vector) => ScoreVector(tails!, vector);

    /// <inheritdoc/>
    protected sealed override void ScoreRows(Matrix rows, Span<double> scores, CancellationToken cancellation) =>
        RowBlocks.Score(rows, scores, options.Threads, (all, first, block) => ScoreBlock(tails!, all, first, block), cancellation);

    /// <summary>What each dimension adds to the score.</summary>
    protected sealed override void ExplainVector(ReadOnlySpan<float> vector, Span<double> contributions)
    {
        for (int dimension = 0; dimension < vector.Length; dimension++)
        {
            (double left, double right) = tails!.Surprise(dimension, vector[dimension]);
            contributions[dimension] = Combine(left, right, tails.Skew(dimension));
        }
    }

    internal sealed override void WriteLearned(ArtefactWriter writer) => tails!.Write(writer);

    internal sealed override void ReadLearned(ref ArtefactReader reader, int dimension) => tails = EmpiricalTails.Read(ref reader, dimension);

    /// <summary>What a dimension adds, of the surprise of its left and its right tail and its skewness.</summary>
    private protected abstract double Combine(double left, double right, double skew);

    private double ScoreVector(EmpiricalTails fitted, ReadOnlySpan<float> vector)
    {
        double sum = 0;
        for (int dimension = 0; dimension < vector.Length; dimension++)
        {
            (double left, double right) = fitted.Surprise(dimension, vector[dimension]);
            sum += Combine(left, right, fitted.Skew(dimension));
        }

        return sum;
    }

    private void ScoreBlock(EmpiricalTails fitted, Matrix rows, int first, Span<double> scores)
    {
        for (int i = 0; i < scores.Length; i++) scores[i] = ScoreVector(fitted, rows.Row(first + i));
    }
}
