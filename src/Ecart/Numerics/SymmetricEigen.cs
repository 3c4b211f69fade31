using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Ecart.Numerics;

/// <summary>
/// Eigenvalues and eigenvectors of a real symmetric matrix: Householder reduction to tridiagonal form, then implicit QL. Costs about 7 n³ operations:
/// 0.1 s at n = 384, a few seconds at 1,000. Accurate to about 1e-15 of the largest absolute eigenvalue.
/// </summary>
/// <remarks>G. H. Golub, C. F. Van Loan, Matrix Computations, 8.3; QL after H. Bowdler et al., The QR and QL algorithms for symmetric matrices, 1968.</remarks>
internal static class SymmetricEigen
{
    private const int MostSweeps = 60;

    /// <summary>Decomposes a matrix.</summary>
    /// <param name="matrix">n rows of n finite values, row after row; both halves must be filled. Overwritten with the eigenvectors: row i belongs to value i, has length 1
    /// and is orthogonal to the others.</param>
    /// <param name="values">Receives the n eigenvalues, largest first.</param>
    /// <param name="cancellation">Ends it early; the matrix is then neither what it was nor decomposed.</param>
    public static void Decompose(Span<double> matrix, Span<double> values, CancellationToken cancellation)
    {
        int n = values.Length;
        if (matrix.Length != n * n) throw new ArgumentException($"{n} values need a matrix of {n} × {n}.", nameof(matrix));
        var offDiagonal = new double[n];
        double[] vectors = Tridiagonalise(matrix, values, offDiagonal, cancellation);
        Diagonalise(values, offDiagonal, vectors, cancellation);
        var order = new int[n];
        var keys = new double[n];
        for (int i = 0; i < n; i++) (order[i], keys[i]) = (i, -values[i]);
        Array.Sort(keys, order);
        for (int i = 0; i < n; i++)
        {
            values[i] = -keys[i];
            vectors.AsSpan(order[i] * n, n).CopyTo(matrix[(i * n)..]);
        }
    }

    /// <summary>Reduces A to T with A = Q T Qᵀ. All steps work along rows, which both halves of the symmetric matrix allow.</summary>
    /// <returns>Qᵀ.</returns>
    private static double[] Tridiagonalise(Span<double> a, Span<double> diagonal, Span<double> offDiagonal, CancellationToken cancellation)
    {
        int n = diagonal.Length;
        var reflections = new double[n * n];
        var factors = new double[n];
        var product = new double[n];
        for (int k = 0; k < n - 1; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            int rest = n - k - 1;
            Span<double> v = reflections.AsSpan((k * n) + k + 1, rest);
            a.Slice((k * n) + k + 1, rest).CopyTo(v);
            factors[k] = Reflection(v, out double alpha);
            diagonal[k] = a[(k * n) + k];
            offDiagonal[k] = alpha;
            if (factors[k] != 0) ReflectBothSides(a, n, k + 1, v, factors[k], product.AsSpan(0, rest));
        }

        if (n > 0) diagonal[n - 1] = a[(n * n) - 1];
        return Accumulate(reflections, factors, n);
    }

    /// <summary>Turns x into v so that (I − factor v vᵀ) x = (alpha, 0, …, 0).</summary>
    private static double Reflection(Span<double> v, out double alpha)
    {
        double head = v[0];
        double scale = TensorPrimitives.MaxMagnitude<double>(v);
        if (scale == 0 || TensorPrimitives.MaxMagnitude<double>(v[1..].IsEmpty ? [0.0] : v[1..]) == 0)
        {
            alpha = head;
            return 0;
        }

        scale = Math.Abs(scale);
        TensorPrimitives.Divide(v, scale, v);
        double norm = TensorPrimitives.Norm<double>(v);
        alpha = head > 0 ? -norm : norm;
        v[0] -= alpha;
        alpha *= scale;
        return 2 / TensorPrimitives.SumOfSquares<double>(v);
    }

    /// <summary>A := H A H for the block below and right of <paramref name="from"/>, as A − v wᵀ − w vᵀ.</summary>
    private static void ReflectBothSides(Span<double> a, int n, int from, ReadOnlySpan<double> v, double factor, Span<double> w)
    {
        for (int i = 0; i < v.Length; i++) w[i] = factor * TensorPrimitives.Dot(a.Slice(((from + i) * n) + from, v.Length), v);
        TensorPrimitives.MultiplyAdd(v, -0.5 * factor * TensorPrimitives.Dot<double>(w, v), w, w);
        for (int i = 0; i < v.Length; i++)
        {
            Span<double> row = a.Slice(((from + i) * n) + from, v.Length);
            TensorPrimitives.MultiplyAdd(w, -v[i], row, row);
            TensorPrimitives.MultiplyAdd(v, -w[i], row, row);
        }
    }

    private static double[] Accumulate(double[] reflections, double[] factors, int n)
    {
        var q = new double[n * n];
        for (int i = 0; i < n; i++) q[(i * n) + i] = 1;
        var sums = new double[n];
        for (int k = n - 2; k >= 0; k--)
        {
            if (factors[k] == 0) continue;
            int rest = n - k - 1;
            ReadOnlySpan<double> v = reflections.AsSpan((k * n) + k + 1, rest);
            Span<double> sum = sums.AsSpan(0, rest);
            sum.Clear();
            for (int i = 0; i < rest; i++) TensorPrimitives.MultiplyAdd(q.AsSpan(((k + 1 + i) * n) + k + 1, rest), v[i], sum, sum);
            for (int i = 0; i < rest; i++)
            {
                Span<double> row = q.AsSpan(((k + 1 + i) * n) + k + 1, rest);
                TensorPrimitives.MultiplyAdd(sum, -factors[k] * v[i], row, row);
            }
        }

        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++) (q[(i * n) + j], q[(j * n) + i]) = (q[(j * n) + i], q[(i * n) + j]);
        }

        return q;
    }

    /// <summary>Rotates the off-diagonal away, one eigenvalue after another, and the rows of <paramref name="vectors"/> along.</summary>
    private static void Diagonalise(Span<double> d, Span<double> e, double[] vectors, CancellationToken cancellation)
    {
        int n = d.Length;
        for (int l = 0; l < n; l++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (int sweep = 0; sweep < MostSweeps; sweep++)
            {
                int m = l;
                while (m < n - 1 && Math.Abs(e[m]) > double.Epsilon + (1.1e-16 * (Math.Abs(d[m]) + Math.Abs(d[m + 1])))) m++;
                if (m == l) break;
                Sweep(d, e, vectors, l, m);
            }
        }
    }

    /// <summary>One implicit QL step with Wilkinson's shift on the unreduced block from <paramref name="l"/> to <paramref name="m"/>.</summary>
    private static void Sweep(Span<double> d, Span<double> e, double[] vectors, int l, int m)
    {
        int n = d.Length;
        double g = (d[l + 1] - d[l]) / (2 * e[l]);
        double r = double.Hypot(g, 1);
        g = d[m] - d[l] + (e[l] / (g + (g >= 0 ? r : -r)));
        double s = 1, c = 1, p = 0;
        for (int i = m - 1; i >= l; i--)
        {
            double f = s * e[i];
            double b = c * e[i];
            r = double.Hypot(f, g);
            e[i + 1] = r;
            if (r == 0)
            {
                d[i + 1] -= p;
                e[m] = 0;
                return;
            }

            s = f / r;
            c = g / r;
            g = d[i + 1] - p;
            r = ((d[i] - g) * s) + (2 * c * b);
            p = s * r;
            d[i + 1] = g + p;
            g = (c * r) - b;
            Rotate(vectors.AsSpan(i * n, n), vectors.AsSpan((i + 1) * n, n), c, s);
        }

        d[l] -= p;
        e[l] = g;
        e[m] = 0;
    }

    private static void Rotate(Span<double> left, Span<double> right, double c, double s)
    {
        Span<Vector<double>> leftVectors = MemoryMarshal.Cast<double, Vector<double>>(left);
        Span<Vector<double>> rightVectors = MemoryMarshal.Cast<double, Vector<double>>(right);
        for (int i = 0; i < leftVectors.Length; i++)
        {
            Vector<double> old = rightVectors[i];
            rightVectors[i] = (s * leftVectors[i]) + (c * old);
            leftVectors[i] = (c * leftVectors[i]) - (s * old);
        }

        for (int i = leftVectors.Length * Vector<double>.Count; i < left.Length; i++)
        {
            double old = right[i];
            right[i] = (s * left[i]) + (c * old);
            left[i] = (c * left[i]) - (s * old);
        }
    }
}
