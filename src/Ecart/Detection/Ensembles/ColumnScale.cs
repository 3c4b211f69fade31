using System.Numerics.Tensors;
using Ecart.Detection.Batch;
using Ecart.Vectors;

namespace Ecart.Detection.Ensembles;

/// <summary>Brings every dimension to mean 0 and standard deviation 1, as the rows have it.</summary>
/// <param name="Means">One a dimension.</param>
/// <param name="Factors">One over the deviation; of a dimension that never differs one over 5 % of its value, at least 1/1000.</param>
internal sealed record ColumnScale(float[] Means, float[] Factors)
{
    // Beyond it a dimension counts by its logarithm, so that one that is wild by nature does not drown the others.
    private const float Linear = 4;

    public static ColumnScale Of(Matrix rows)
    {
        var means = new double[rows.Columns];
        var squares = new double[rows.Columns];
        for (int row = 0; row < rows.Rows; row++)
        {
            ReadOnlySpan<float> values = rows.Row(row);
            for (int i = 0; i < values.Length; i++) means[i] += (double)values[i] / rows.Rows;
        }

        for (int row = 0; row < rows.Rows; row++)
        {
            ReadOnlySpan<float> values = rows.Row(row);
            for (int i = 0; i < values.Length; i++) squares[i] += (values[i] - means[i]) * (values[i] - means[i]) / rows.Rows;
        }

        var factors = new float[rows.Columns];
        for (int i = 0; i < factors.Length; i++)
        {
            double deviation = Math.Sqrt(squares[i]);
            // Not above what rounding makes of a constant.
            if (deviation <= 1e-6 * Math.Abs(means[i]) || deviation < 1e-30) deviation = Math.Max(0.05 * Math.Abs(means[i]), 1e-3);
            factors[i] = (float)Math.Max(1 / deviation, 1e-38);
        }

        return new ColumnScale([.. means.Select(mean => (float)mean)], factors);
    }

    public void Apply(ReadOnlySpan<float> vector, Span<float> scaled)
    {
        TensorPrimitives.Subtract(vector, Means, scaled);
        TensorPrimitives.Multiply(scaled, Factors, scaled);
        foreach (ref float value in scaled)
            if (value is > Linear or < -Linear) value = Compress(value);
    }

    private static float Compress(float value)
    {
        float size = Math.Min(Math.Abs(value), float.MaxValue);
        return Math.Sign(value) * Linear * (1 + MathF.Log(size / Linear));
    }

    public Matrix Apply(Matrix rows)
    {
        var scaled = new Matrix(rows.Rows, rows.Columns);
        for (int row = 0; row < rows.Rows; row++) Apply(rows.Row(row), scaled.Row(row));
        return scaled;
    }

    public void Write(ArtefactWriter writer)
    {
        writer.Floats(Means);
        writer.Floats(Factors);
    }

    public static ColumnScale Read(ref ArtefactReader reader, int dimension)
    {
        var scale = new ColumnScale(reader.Floats(dimension), reader.Floats(dimension));
        return TensorPrimitives.IsFiniteAll<float>(scale.Means) && TensorPrimitives.IsFiniteAll<float>(scale.Factors)
            ? scale
            : throw new ArtefactException("The artefact is damaged: the scale of a dimension is not finite. Restore it from a backup or train again.");
    }
}
