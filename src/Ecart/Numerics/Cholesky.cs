using System.Numerics.Tensors;

namespace Ecart.Numerics;

/// <summary>A = L Lᵀ for symmetric, positive definite A, and the inverse of L.</summary>
internal static class Cholesky
{
    /// <summary>Overwrites the lower half with L; the upper becomes 0.</summary>
    /// <returns>ln det A, or NaN when the matrix is not positive definite to within rounding.</returns>
    public static double Factor(Span<double> matrix, int n)
    {
        double logDeterminant = 0;
        for (int i = 0; i < n; i++)
        {
            Span<double> row = matrix.Slice(i * n, n);
            for (int j = 0; j < i; j++)
            {
                ReadOnlySpan<double> other = matrix.Slice(j * n, n);
                row[j] = (row[j] - Dot(row[..j], other[..j])) / other[j];
            }

            double pivot = row[i] - Dot(row[..i], row[..i]);
            if (!(pivot > 0)) return double.NaN;
            row[i] = Math.Sqrt(pivot);
            logDeterminant += Math.Log(pivot);
            row[(i + 1)..].Clear();
        }

        return logDeterminant;
    }

    /// <summary>The inverse of a lower triangle, itself one; multiplied with a centred vector it gives one whose length is the Mahalanobis distance.</summary>
    public static double[] InvertLower(ReadOnlySpan<double> lower, int n)
    {
        var inverse = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            Span<double> row = inverse.AsSpan(i * n, n);
            for (int j = 0; j < i; j++) TensorPrimitives.MultiplyAdd(inverse.AsSpan(j * n, j + 1), -lower[(i * n) + j], row[..(j + 1)], row[..(j + 1)]);
            row[i] = 1;
            TensorPrimitives.Divide(row[..(i + 1)], lower[(i * n) + i], row[..(i + 1)]);
        }

        return inverse;
    }

    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right) => left.IsEmpty ? 0 : TensorPrimitives.Dot(left, right);
}
