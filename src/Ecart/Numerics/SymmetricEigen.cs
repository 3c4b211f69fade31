namespace Ecart.Numerics;

/// <summary>
/// Eigenvalues and eigenvectors of a symmetric matrix by cyclic Jacobi rotations: slower than other methods, as exact as any, and the same on every
/// machine.
/// </summary>
internal static class SymmetricEigen
{
    private const int MostSweeps = 64;

    /// <summary>Decomposes a matrix.</summary>
    /// <param name="matrix">n × n, symmetric, row after row. Is overwritten.</param>
    /// <param name="n">Its size.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>Eigenvalues, the largest first, and their vectors of length 1, row after row. The largest element of a vector is positive.</returns>
    public static (double[] Values, double[] Vectors) Decompose(double[] matrix, int n, CancellationToken cancellation = default)
    {
        var vectors = new double[n * n];
        for (int i = 0; i < n; i++) vectors[(i * n) + i] = 1;
        double whole = 0;
        foreach (double value in matrix) whole += value * value;
        for (int sweep = 0; sweep < MostSweeps && OffDiagonal(matrix, n) > 1e-30 * whole; sweep++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (int p = 0; p < n - 1; p++)
                for (int q = p + 1; q < n; q++) Rotate(matrix, vectors, n, p, q);
        }

        return Sort(matrix, vectors, n);
    }

    private static double OffDiagonal(double[] matrix, int n)
    {
        double sum = 0;
        for (int p = 0; p < n - 1; p++)
            for (int q = p + 1; q < n; q++) sum += matrix[(p * n) + q] * matrix[(p * n) + q];
        return 2 * sum;
    }

    /// <summary>Makes element (p, q) zero. Only rows are walked: the matrix stays symmetric, and columns are mirrored at the end.</summary>
    private static void Rotate(double[] matrix, double[] vectors, int n, int p, int q)
    {
        double off = matrix[(p * n) + q];
        if (off == 0) return;
        double theta = (matrix[(q * n) + q] - matrix[(p * n) + p]) / (2 * off);
        double t = (theta >= 0 ? 1 : -1) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        double cos = 1 / Math.Sqrt((t * t) + 1);
        double sin = t * cos;
        double pp = matrix[(p * n) + p] - (t * off);
        double qq = matrix[(q * n) + q] + (t * off);
        Mix(matrix.AsSpan(p * n, n), matrix.AsSpan(q * n, n), cos, sin);
        for (int k = 0; k < n; k++)
        {
            matrix[(k * n) + p] = matrix[(p * n) + k];
            matrix[(k * n) + q] = matrix[(q * n) + k];
        }

        matrix[(p * n) + p] = pp;
        matrix[(q * n) + q] = qq;
        matrix[(p * n) + q] = 0;
        matrix[(q * n) + p] = 0;
        Mix(vectors.AsSpan(p * n, n), vectors.AsSpan(q * n, n), cos, sin);
    }

    private static void Mix(Span<double> left, Span<double> right, double cos, double sin)
    {
        for (int k = 0; k < left.Length; k++)
        {
            double l = left[k];
            double r = right[k];
            left[k] = (cos * l) - (sin * r);
            right[k] = (sin * l) + (cos * r);
        }
    }

    private static (double[] Values, double[] Vectors) Sort(double[] matrix, double[] vectors, int n)
    {
        int[] order = [.. Enumerable.Range(0, n).OrderByDescending(i => matrix[(i * n) + i]).ThenBy(i => i)];
        var values = new double[n];
        var sorted = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            values[i] = matrix[(order[i] * n) + order[i]];
            Span<double> vector = sorted.AsSpan(i * n, n);
            vectors.AsSpan(order[i] * n, n).CopyTo(vector);
            int largest = 0;
            for (int k = 1; k < n; k++)
                if (Math.Abs(vector[k]) > Math.Abs(vector[largest])) largest = k;
            if (vector[largest] >= 0) continue;
            for (int k = 0; k < n; k++) vector[k] = -vector[k];
        }

        return (values, sorted);
    }
}
