using System.Numerics.Tensors;
using Ecart.Vectors;

namespace Ecart.Numerics;

/// <summary>
/// The directions in which rows vary, most first, after each column was centred and, if wished, scaled to a standard deviation of 1. All of them up to
/// <see cref="ExactDimensions"/> columns or rows; beyond, the <see cref="MostAxes"/> largest by <see cref="SubspaceIteration"/> over at most
/// <see cref="MostRows"/> rows evenly drawn, and of the rest only the mean variance.
/// </summary>
internal sealed class PrincipalAxes
{
    public const int ExactDimensions = 512;
    public const int MostAxes = 64;
    public const int MostRows = 4096;

    /// <summary>Rows that are looked at for the sign of an axis.</summary>
    private const int MostSignRows = 8192;

    /// <summary>A standard deviation below this part of the mean is the rounding of floats: the column is constant.</summary>
    private const double ConstantColumn = 1e-7;

    /// <summary>A variance below this part of the largest is the rounding of doubles.</summary>
    private const double ZeroVariance = 1e-12;

    /// <summary>Mean of each column.</summary>
    public required double[] Means { get; init; }

    /// <summary>What each centred column is multiplied with; 1 for one that is constant.</summary>
    public required double[] Scales { get; init; }

    /// <summary>Variance along each axis, largest first.</summary>
    public required double[] Variances { get; init; }

    /// <summary>The axes, of length 1, row after row.</summary>
    public required double[] Axes { get; init; }

    /// <summary>Mean variance of the directions that no axis stands for.</summary>
    public required double OtherVariance { get; init; }

    public int Dimension => Means.Length;

    public int Count => Variances.Length;

    /// <summary>Finds the axes of at least one row of finite values. Every axis points to where its farthest row is.</summary>
    public static PrincipalAxes Of(Matrix rows, bool scale, int threads, CancellationToken cancellation)
    {
        if (rows.Columns > ExactDimensions) return OfWide(rows, scale, cancellation);
        int d = rows.Columns;
        var means = new double[d];
        var scales = new double[d];
        double[] matrix = Covariance.Of(rows, means, threads, cancellation);
        for (int i = 0; i < d; i++) scales[i] = Scale(scale, Math.Sqrt(matrix[(i * d) + i]), means[i]);
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j < d; j++) matrix[(i * d) + j] *= scales[i] * scales[j];
        }

        var variances = new double[d];
        SymmetricEigen.Decompose(matrix, variances, cancellation);
        for (int i = 0; i < d; i++) variances[i] = variances[i] > ZeroVariance * variances[0] ? variances[i] : 0;
        var axes = new PrincipalAxes { Means = means, Scales = scales, Variances = variances, Axes = matrix, OtherVariance = 0 };
        axes.PointToFarthest(rows);
        return axes;
    }

    /// <summary>Centres and scales a vector.</summary>
    public void Standardise(ReadOnlySpan<float> vector, Span<double> standardised)
    {
        TensorPrimitives.ConvertChecked(vector, standardised);
        TensorPrimitives.Subtract(standardised, Means, standardised);
        TensorPrimitives.Multiply(standardised, Scales, standardised);
    }

    /// <summary>Coordinate of a standardised vector along each of the first axes.</summary>
    public void Project(ReadOnlySpan<double> standardised, Span<double> coordinates)
    {
        for (int axis = 0; axis < coordinates.Length; axis++) coordinates[axis] = TensorPrimitives.Dot(standardised, Axis(axis));
    }

    public ReadOnlySpan<double> Axis(int axis) => Axes.AsSpan(axis * Dimension, Dimension);

    /// <summary>With fewer rows than columns the products of rows have the same eigenvalues as those of columns, and are fewer.</summary>
    private static PrincipalAxes OfWide(Matrix rows, bool scale, CancellationToken cancellation)
    {
        int d = rows.Columns;
        var (means, scales) = ColumnMoments(rows, scale, cancellation, out double total);
        int n = Math.Min(rows.Rows, rows.Rows <= ExactDimensions ? ExactDimensions : MostRows);
        var z = new double[n * d];
        var axes = new PrincipalAxes { Means = means, Scales = scales, Variances = [], Axes = [], OtherVariance = 0 };
        for (int row = 0; row < n; row++) axes.Standardise(rows.Row((int)((long)row * rows.Rows / n)), z.AsSpan(row * d, d));
        var (values, vectors) = n <= ExactDimensions ? OfProducts(z, n, d, cancellation) : SubspaceIteration.Largest(z, n, d, MostAxes, 1, cancellation);
        int count = 0;
        while (count < values.Length && values[count] > ZeroVariance * values[0]) count++;
        double rest = total - TensorPrimitives.Sum<double>(values.AsSpan(0, count));
        axes = new PrincipalAxes
        {
            Means = means,
            Scales = scales,
            Variances = values[..count],
            Axes = vectors[..(count * d)],
            OtherVariance = n <= ExactDimensions ? 0 : Math.Max(0, rest / (d - count)),
        };
        axes.PointToFarthest(rows);
        return axes;
    }

    private static (double[] Means, double[] Scales) ColumnMoments(Matrix rows, bool scale, CancellationToken cancellation, out double total)
    {
        var means = new double[rows.Columns];
        var squares = new double[rows.Columns];
        for (int pass = 0; pass < 2; pass++)
        {
            for (int row = 0; row < rows.Rows; row++)
            {
                if ((row & 63) == 0) cancellation.ThrowIfCancellationRequested();
                ReadOnlySpan<float> values = rows.Row(row);
                for (int column = 0; column < values.Length; column++)
                {
                    if (pass == 0) means[column] += values[column];
                    else squares[column] += (values[column] - means[column]) * (values[column] - means[column]);
                }
            }

            if (pass == 0) TensorPrimitives.Divide(means, rows.Rows, means);
        }

        total = 0;
        for (int column = 0; column < squares.Length; column++)
        {
            double variance = squares[column] / rows.Rows;
            squares[column] = Scale(scale, Math.Sqrt(variance), means[column]);
            total += variance * squares[column] * squares[column];
        }

        return (means, squares);
    }

    private static double Scale(bool scale, double deviation, double mean) => scale && deviation > ConstantColumn * Math.Abs(mean) ? 1 / deviation : 1;

    private static (double[] Values, double[] Vectors) OfProducts(double[] z, int n, int d, CancellationToken cancellation)
    {
        var products = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (int j = 0; j <= i; j++)
                products[(i * n) + j] = products[(j * n) + i] = TensorPrimitives.Dot<double>(z.AsSpan(i * d, d), z.AsSpan(j * d, d)) / n;
        }

        var values = new double[n];
        SymmetricEigen.Decompose(products, values, cancellation);
        int count = 0;
        while (count < n && values[count] > ZeroVariance * values[0]) count++;
        var vectors = new double[count * d];
        for (int axis = 0; axis < count; axis++)
        {
            Span<double> vector = vectors.AsSpan(axis * d, d);
            for (int row = 0; row < n; row++) TensorPrimitives.MultiplyAdd(z.AsSpan(row * d, d), products[(axis * n) + row], vector, vector);
            TensorPrimitives.Divide(vector, TensorPrimitives.Norm<double>(vector), vector);
        }

        return (values[..count], vectors);
    }

    /// <summary>The sign of an eigenvector is arbitrary; a rule makes it the same everywhere.</summary>
    private void PointToFarthest(Matrix rows)
    {
        var least = new double[Count];
        var most = new double[Count];
        var buffer = new double[Dimension];
        var coordinates = new double[Count];
        int n = Math.Min(rows.Rows, MostSignRows);
        for (int row = 0; row < n; row++)
        {
            Standardise(rows.Row((int)((long)row * rows.Rows / n)), buffer);
            Project(buffer, coordinates);
            TensorPrimitives.Max(most, coordinates, most);
            TensorPrimitives.Min(least, coordinates, least);
        }

        for (int axis = 0; axis < Count; axis++)
        {
            Span<double> values = Axes.AsSpan(axis * Dimension, Dimension);
            if (-least[axis] > most[axis]) TensorPrimitives.Negate<double>(values, values);
        }
    }
}
