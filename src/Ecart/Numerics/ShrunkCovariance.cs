using System.Numerics.Tensors;
using Ecart.Vectors;

namespace Ecart.Numerics;

/// <summary>
/// Means, and covariances drawn towards the same variance in every direction, as far as the number of rows leaves them uncertain: so the matrix can be inverted with fewer
/// rows than columns, and with constant columns.
/// </summary>
/// <remarks>Oracle approximating shrinkage: Y. Chen et al., Shrinkage algorithms for MMSE covariance estimation, IEEE Trans. Signal Processing 2010.</remarks>
internal sealed class ShrunkCovariance
{
    /// <summary>Least shrinkage: what keeps a direction without any variance from an infinite weight.</summary>
    private const double Least = 1e-6;

    private ShrunkCovariance(double[] means, double[] matrix, double shrinkage)
    {
        Means = means;
        Matrix = matrix;
        Shrinkage = shrinkage;
    }

    public double[] Means { get; }

    /// <summary>Both halves of the symmetric, positive definite matrix.</summary>
    public double[] Matrix { get; }

    /// <summary>Part of the matrix that is the same variance in every direction, above 0 to 1.</summary>
    public double Shrinkage { get; }

    public static ShrunkCovariance Of(Matrix rows, int threads, CancellationToken cancellation)
    {
        int d = rows.Columns;
        var means = new double[d];
        double[] matrix = Covariance.Of(rows, means, threads, cancellation);
        double trace = 0;
        for (int i = 0; i < d; i++) trace += matrix[(i * d) + i];
        double mean = trace > 0 ? trace / d : 1;
        double shrinkage = Amount(rows.Rows, d, trace, TensorPrimitives.SumOfSquares<double>(matrix));
        TensorPrimitives.Multiply(matrix, 1 - shrinkage, matrix);
        for (int i = 0; i < d; i++) matrix[(i * d) + i] += shrinkage * mean;
        return new ShrunkCovariance(means, matrix, shrinkage);
    }

    /// <summary>How far to shrink.</summary>
    /// <param name="rows">Rows that the covariances are from.</param>
    /// <param name="dimension">Columns.</param>
    /// <param name="trace">Sum of the variances.</param>
    /// <param name="squares">Sum of the squares of all covariances, which is that of the squared eigenvalues.</param>
    public static double Amount(int rows, int dimension, double trace, double squares)
    {
        double spread = squares - (trace * trace / dimension);
        double uncertainty = ((1 - (2.0 / dimension)) * squares) + (trace * trace);
        double amount = uncertainty / ((rows + 1 - (2.0 / dimension)) * spread);
        return double.IsFinite(amount) && spread > 0 ? Math.Clamp(amount, Least, 1) : 1;
    }
}
