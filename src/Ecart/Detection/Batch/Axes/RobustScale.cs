using Ecart.Vectors;

namespace Ecart.Detection.Batch.Axes;

/// <summary>Median and scale of each column that up to half of its values cannot move.</summary>
internal sealed class RobustScale
{
    /// <summary>Makes the median absolute deviation of normal values their standard deviation.</summary>
    private const double NormalConsistency = 1.4826;

    /// <summary>Values are limited for the fit, so that their products stay far from the largest float.</summary>
    private const double Farthest = 1e12;

    private RobustScale(double[] medians, double[] scales)
    {
        Medians = medians;
        Scales = scales;
    }

    public double[] Medians { get; }

    /// <summary>What a centred column is multiplied with. Where more than half of the values are the same it follows from the standard deviation; 1 for a constant.</summary>
    public double[] Scales { get; }

    public static RobustScale Of(Matrix rows)
    {
        var (medians, scales) = (new double[rows.Columns], new double[rows.Columns]);
        var values = new float[rows.Rows];
        for (int column = 0; column < rows.Columns; column++)
        {
            for (int row = 0; row < values.Length; row++) values[row] = rows.Values[(row * rows.Columns) + column];
            Array.Sort(values);
            double median = medians[column] = values[values.Length / 2];
            double sum = 0;
            foreach (float value in values) sum += (value - median) * (value - median);
            for (int row = 0; row < values.Length; row++) values[row] = (float)Math.Abs(values[row] - median);
            Array.Sort(values);
            double scale = NormalConsistency * values[values.Length / 2];
            if (scale <= 0) scale = Math.Sqrt(sum / values.Length);
            scales[column] = scale > 1e-7 * Math.Abs(median) ? 1 / scale : 1;
        }

        return new RobustScale(medians, scales);
    }

    public Matrix Apply(Matrix rows)
    {
        var scaled = new Matrix(rows.Rows, rows.Columns);
        for (int row = 0; row < rows.Rows; row++)
        {
            ReadOnlySpan<float> from = rows.Row(row);
            Span<float> to = scaled.Row(row);
            for (int column = 0; column < to.Length; column++) to[column] = (float)Math.Clamp((from[column] - Medians[column]) * Scales[column], -Farthest, Farthest);
        }

        return scaled;
    }
}
