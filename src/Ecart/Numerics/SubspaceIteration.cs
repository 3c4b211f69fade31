using System.Numerics.Tensors;

namespace Ecart.Numerics;

/// <summary>
/// The largest eigenvalues of Zᵀ Z / n without forming it: for more dimensions than <see cref="SymmetricEigen"/> can take in reasonable time. Randomised subspace
/// iteration with a Rayleigh-Ritz step; the leading values are exact to about 1e-3 of their size, those near the end of the subspace less.
/// </summary>
/// <remarks>N. Halko, P.-G. Martinsson, J. A. Tropp, Finding structure with randomness, SIAM Review 2011.</remarks>
internal static class SubspaceIteration
{
    private const int Iterations = 6;
    private const int Oversampling = 8;

    /// <summary>Finds the largest.</summary>
    /// <param name="z">n rows of d values, row after row.</param>
    /// <param name="n">Rows.</param>
    /// <param name="d">Columns.</param>
    /// <param name="count">How many; at most d.</param>
    /// <param name="seed">Of the first subspace.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>The values, largest first, and their vectors of length 1, row after row.</returns>
    public static (double[] Values, double[] Vectors) Largest(double[] z, int n, int d, int count, ulong seed, CancellationToken cancellation)
    {
        int k = Math.Min(d, count + Oversampling);
        var random = new SeededRandom(seed);
        var basis = new double[k * d];
        for (int i = 0; i < basis.Length; i++) basis[i] = random.NextNormal();
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            Orthonormalise(basis, k, d, random);
            basis = Apply(z, n, d, basis, k, cancellation);
        }

        Orthonormalise(basis, k, d, random);
        double[] image = Apply(z, n, d, basis, k, cancellation);
        var small = new double[k * k];
        for (int i = 0; i < k; i++)
        {
            for (int j = 0; j <= i; j++) small[(i * k) + j] = small[(j * k) + i] = TensorPrimitives.Dot<double>(image.AsSpan(i * d, d), basis.AsSpan(j * d, d));
        }

        var values = new double[k];
        SymmetricEigen.Decompose(small, values, cancellation);
        var vectors = new double[count * d];
        for (int i = 0; i < count; i++)
        {
            Span<double> vector = vectors.AsSpan(i * d, d);
            for (int j = 0; j < k; j++) TensorPrimitives.MultiplyAdd(basis.AsSpan(j * d, d), small[(i * k) + j], vector, vector);
        }

        return (values[..count], vectors);
    }

    private static double[] Apply(double[] z, int n, int d, double[] basis, int k, CancellationToken cancellation)
    {
        var image = new double[k * d];
        for (int row = 0; row < n; row++)
        {
            if ((row & 63) == 0) cancellation.ThrowIfCancellationRequested();
            ReadOnlySpan<double> values = z.AsSpan(row * d, d);
            for (int i = 0; i < k; i++)
            {
                double projection = TensorPrimitives.Dot(values, basis.AsSpan(i * d, d)) / n;
                Span<double> sum = image.AsSpan(i * d, d);
                TensorPrimitives.MultiplyAdd(values, projection, sum, sum);
            }
        }

        return image;
    }

    /// <summary>Gram-Schmidt, twice; a vector that nothing is left of is drawn anew.</summary>
    private static void Orthonormalise(double[] basis, int k, int d, SeededRandom random)
    {
        for (int i = 0; i < k; i++)
        {
            Span<double> vector = basis.AsSpan(i * d, d);
            double before = TensorPrimitives.Norm<double>(vector);
            for (int pass = 0; pass < 2; pass++)
            {
                for (int j = 0; j < i; j++)
                {
                    ReadOnlySpan<double> other = basis.AsSpan(j * d, d);
                    TensorPrimitives.MultiplyAdd(other, -TensorPrimitives.Dot<double>(vector, other), vector, vector);
                }
            }

            double norm = TensorPrimitives.Norm<double>(vector);
            if (norm <= 1e-12 * before || norm == 0)
            {
                for (int j = 0; j < d; j++) vector[j] = random.NextNormal();
                i--;
                continue;
            }

            TensorPrimitives.Divide(vector, norm, vector);
        }
    }
}
