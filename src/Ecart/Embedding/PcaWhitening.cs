using System.Numerics.Tensors;
using Ecart.Detection;
using Ecart.Detection.Batch;
using Ecart.Numerics;
using Ecart.Vectors;

namespace Ecart.Embedding;

/// <summary>
/// Principal components scaled to equal variance: z = Λ^(−1/2) Uᵀ (x − μ). The Euclidean distance of two embeddings is the Mahalanobis distance of their
/// vectors, with a covariance that is shrunk (Chen et al., 2010) and floored, over the directions that hold most of the variance: features that
/// say the same thing count once, and one that hardly varies counts as much as one that varies widely.
/// </summary>
public sealed class PcaWhitening : IEmbeddingModel
{
    internal const string KindName = "pca_whitening";

    /// <summary>The time to train grows with the third power.</summary>
    private const int MostInputs = 1024;
    private readonly float[] offset;
    private readonly float[] columns;

    private PcaWhitening(float[] offset, float[] columns)
    {
        this.offset = offset;
        this.columns = columns;
    }

    /// <inheritdoc/>
    public string Kind => KindName;

    /// <inheritdoc/>
    public int InputDimension => columns.Length / offset.Length;

    /// <inheritdoc/>
    public int Dimension => offset.Length;

    /// <summary>Share of the variance that the kept directions hold, as far as it was just trained; NaN for a restored model.</summary>
    public double ExplainedVariance { get; private init; } = double.NaN;

    /// <summary>How far the covariance was drawn towards equal variance; NaN for a restored model.</summary>
    public double Shrinkage { get; private init; } = double.NaN;

    /// <summary>Learns from rows that are taken for normal.</summary>
    /// <param name="rows">At least two rows of finite values, of at most 1,024 dimensions.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="DetectorInputException">Fewer than two rows, too many dimensions, a value that is not finite, or rows that do not differ.</exception>
    /// <exception cref="Scoring.OptionsException">An option is out of its range.</exception>
    public static PcaWhitening Fit(Matrix rows, PcaWhiteningOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (rows.Rows < 2) throw new DetectorInputException($"{KindName}: there are {rows.Rows} rows to learn from; give at least two.");
        if (rows.Columns > MostInputs) throw new DetectorInputException($"{KindName}: rows have {rows.Columns} dimensions; it takes at most {MostInputs}.");
        if (!rows.IsFinite()) throw new DetectorInputException($"{KindName}: a value of the rows is not finite; every value must be.");
        if (AreEqual(rows)) throw new DetectorInputException($"{KindName}: all {rows.Rows} rows are equal; there is nothing to learn from them.");
        (double[] mean, double[] directions, double shrinkage) = Estimate(rows, options.Shrinkage, cancellation);
        var variances = new double[rows.Columns];
        SymmetricEigen.Decompose(directions, variances, cancellation);
        double whole = variances.Sum();
        (int kept, double explained) = Keep(variances, whole, options);
        return Make(mean, variances, directions, kept, options.VarianceFloor * whole / rows.Columns, explained, shrinkage);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// z = b + Σ xⱼ wⱼ over the columns wⱼ: element by element, so that the result does not depend on the width of the machine's vectors, and passing
    /// over the zeros, which are three quarters of a layout.
    /// </remarks>
    public void Embed(ReadOnlySpan<float> input, Span<float> embedding)
    {
        if (input.Length != InputDimension) throw new DetectorInputException($"{KindName}: the vector has {input.Length} dimensions; it was trained on {InputDimension}.");
        if (embedding.Length != Dimension) throw new DetectorInputException($"{KindName}: there is room for {embedding.Length} values; an embedding has {Dimension}.");
        offset.CopyTo(embedding);
        for (int j = 0; j < input.Length; j++)
        {
            float value = input[j];
            if (value == 0) continue;
            TensorPrimitives.MultiplyAdd(columns.AsSpan(j * offset.Length, offset.Length), value, embedding, embedding);
        }
    }

    /// <inheritdoc/>
    public byte[] Save() => EmbeddingModels.Pack(KindName, writer =>
    {
        writer.Int(InputDimension);
        writer.Floats(offset);
        writer.Floats(columns);
    });

    internal static PcaWhitening Read(ref ArtefactReader reader)
    {
        int inputs = reader.Int(1, 1 << 20);
        float[] offset = reader.Floats();
        if (offset.Length == 0) throw new ArtefactException("The embedding model is damaged: it has no component. Train again.");
        return new PcaWhitening(offset, reader.Floats(inputs * offset.Length));
    }

    private static bool AreEqual(Matrix rows)
    {
        for (int i = 1; i < rows.Rows; i++)
            if (!rows.Row(i).SequenceEqual(rows.Row(0))) return false;
        return true;
    }

    private static (double[] Mean, double[] Covariance, double Shrinkage) Estimate(Matrix rows, double shrinkage, CancellationToken cancellation)
    {
        if (shrinkage < 0)
        {
            var estimate = ShrunkCovariance.Of(rows, Environment.ProcessorCount, cancellation);
            return (estimate.Means, estimate.Matrix, estimate.Shrinkage);
        }

        int d = rows.Columns;
        var mean = new double[d];
        double[] covariance = Covariance.Of(rows, mean, Environment.ProcessorCount, cancellation);
        double even = 0;
        for (int j = 0; j < d; j++) even += covariance[(j * d) + j] / d;
        for (int i = 0; i < covariance.Length; i++) covariance[i] *= 1 - shrinkage;
        for (int j = 0; j < d; j++) covariance[(j * d) + j] += shrinkage * even;
        return (mean, covariance, shrinkage);
    }

    private static (int Kept, double Explained) Keep(double[] variances, double whole, PcaWhiteningOptions options)
    {
        int kept = 0;
        double held = 0;
        while (kept < Math.Min(variances.Length, options.MaximumComponents) && variances[kept] > 0 && (kept == 0 || held < options.ExplainedVariance * whole))
            held += variances[kept++];
        return (kept, held / whole);
    }

    private static PcaWhitening Make(
        double[] mean, double[] variances, double[] directions, int kept, double floor, double explained, double shrinkage)
    {
        int inputs = mean.Length;
        var offset = new float[kept];
        var columns = new float[inputs * kept];
        for (int i = 0; i < kept; i++)
        {
            double scale = 1 / Math.Sqrt(Math.Max(variances[i], floor));
            double shift = 0;
            for (int j = 0; j < inputs; j++)
            {
                double weight = directions[(i * inputs) + j] * scale;
                columns[(j * kept) + i] = (float)weight;
                shift -= weight * mean[j];
            }

            offset[i] = (float)shift;
        }

        return new PcaWhitening(offset, columns) { ExplainedVariance = explained, Shrinkage = shrinkage };
    }
}
