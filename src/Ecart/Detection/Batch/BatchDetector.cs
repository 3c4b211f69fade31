using System.Numerics.Tensors;
using Ecart.Vectors;

namespace Ecart.Detection.Batch;

/// <summary>What all batch detectors share: they look at their input once, here, so that the methods themselves see only rows that they can use.</summary>
public abstract class BatchDetector : IBatchDetector
{
    private double[] trainingScores = [];

    /// <inheritdoc/>
    public abstract string Kind { get; }

    /// <inheritdoc/>
    public int Dimension { get; private set; }

    /// <inheritdoc/>
    public ReadOnlySpan<double> TrainingScores => trainingScores;

    /// <inheritdoc/>
    public void Fit(Matrix rows, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Rows == 0) throw new DetectorInputException($"{Kind}: there is no row to learn from; give at least one.");
        if (!rows.IsFinite()) throw new DetectorInputException(DescribeFault(rows));
        trainingScores = FitRows(rows, cancellation);
        Dimension = rows.Columns;
    }

    /// <inheritdoc/>
    public double Score(ReadOnlySpan<float> vector)
    {
        Check(vector);
        return ScoreVector(vector);
    }

    /// <inheritdoc/>
    public void Score(Matrix rows, Span<double> scores, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        RequireFitted();
        if (rows.Columns != Dimension) throw new DetectorInputException($"{Kind}: rows have {rows.Columns} dimensions; it was fitted to {Dimension}.");
        if (scores.Length != rows.Rows) throw new DetectorInputException($"{Kind}: there is room for {scores.Length} scores of {rows.Rows} rows; give one each.");
        if (!rows.IsFinite()) throw new DetectorInputException(DescribeFault(rows));
        ScoreRows(rows, scores, cancellation);
    }

    /// <inheritdoc/>
    public void Explain(ReadOnlySpan<float> vector, Span<double> contributions)
    {
        Check(vector);
        if (contributions.Length != Dimension)
            throw new DetectorInputException($"{Kind}: there is room for {contributions.Length} contributions; a vector has {Dimension} dimensions.");
        ExplainVector(vector, contributions);
    }

    /// <inheritdoc/>
    public byte[] Save()
    {
        RequireFitted();
        return DetectorArtefact.Pack(this, Dimension, trainingScores);
    }

    /// <summary>Learns from at least one row of finite values. Throws <see cref="OperationCanceledException"/> before it changes anything.</summary>
    /// <returns>The <see cref="TrainingScores"/>.</returns>
    protected abstract double[] FitRows(Matrix rows, CancellationToken cancellation);

    /// <summary>Scores a finite vector of the right length, without allocation.</summary>
    protected abstract double ScoreVector(ReadOnlySpan<float> vector);

    /// <summary>Scores finite rows of the right length. A method that is faster for many at once overrides it.</summary>
    protected virtual void ScoreRows(Matrix rows, Span<double> scores, CancellationToken cancellation)
    {
        for (int i = 0; i < rows.Rows; i++)
        {
            if ((i & 1023) == 0) cancellation.ThrowIfCancellationRequested();
            scores[i] = ScoreVector(rows.Row(i));
        }
    }

    /// <summary>Fills the contributions for a finite vector of the right length.</summary>
    protected abstract void ExplainVector(ReadOnlySpan<float> vector, Span<double> contributions);

    /// <summary>Writes what was learned.</summary>
    internal abstract void WriteLearned(ArtefactWriter writer);

    /// <summary>Takes what <see cref="WriteLearned"/> wrote.</summary>
    internal abstract void ReadLearned(ref ArtefactReader reader, int dimension);

    internal void Restore(ref ArtefactReader reader, int dimension, double[] scores)
    {
        ReadLearned(ref reader, dimension);
        Dimension = dimension;
        trainingScores = scores;
    }

    private void RequireFitted()
    {
        if (Dimension == 0) throw new InvalidOperationException($"{Kind}: not fitted; call Fit first.");
    }

    /// <summary>Throws unless it is fitted and the vector has the right length and finite values only.</summary>
    private protected void Check(ReadOnlySpan<float> vector)
    {
        RequireFitted();
        if (vector.Length != Dimension) throw new DetectorInputException($"{Kind}: the vector has {vector.Length} dimensions; it was fitted to {Dimension}.");
        if (TensorPrimitives.IsFiniteAll(vector)) return;
        int dimension = 0;
        while (float.IsFinite(vector[dimension])) dimension++;
        throw new DetectorInputException($"{Kind}: dimension {dimension} is {vector[dimension]}; every value must be finite.");
    }

    private string DescribeFault(Matrix rows)
    {
        int position = 0;
        while (float.IsFinite(rows.Values[position])) position++;
        return $"{Kind}: row {position / rows.Columns}, dimension {position % rows.Columns} is {rows.Values[position]}; every value must be finite.";
    }
}
