using Ecart.Vectors;

namespace Ecart.Detection.Batch;

/// <summary>Mean and standard deviation of each column.</summary>
internal sealed class ColumnMoments
{
    /// <summary>A standard deviation below this part of the mean is the rounding of floats: the column is constant.</summary>
    private const double Constant = 1e-7;

    private ColumnMoments(double[] means, double[] deviations)
    {
        Means = means;
        Deviations = deviations;
    }

    public double[] Means { get; }

    /// <summary>0 for a column that is constant.</summary>
    public double[] Deviations { get; }

    /// <summary>What a centred column is multiplied with; 1 for one that is constant.</summary>
    public double[] Scales => Array.ConvertAll(Deviations, deviation => deviation > 0 ? 1 / deviation : 1);

    public static ColumnMoments Of(Matrix rows, CancellationToken cancellation)
    {
        var means = new double[rows.Columns];
        var squares = new double[rows.Columns];
        for (int row = 0; row < rows.Rows; row++)
        {
            if ((row & 63) == 0) cancellation.ThrowIfCancellationRequested();
            ReadOnlySpan<float> values = rows.Row(row);
            for (int column = 0; column < values.Length; column++)
            {
                double delta = values[column] - means[column];
                means[column] += delta / (row + 1);
                squares[column] += delta * (values[column] - means[column]);
            }
        }

        for (int column = 0; column < squares.Length; column++)
        {
            double deviation = Math.Sqrt(squares[column] / rows.Rows);
            squares[column] = deviation > Constant * Math.Abs(means[column]) ? deviation : 0;
        }

        return new ColumnMoments(means, squares);
    }
}
