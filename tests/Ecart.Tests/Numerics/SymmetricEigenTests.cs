using Ecart.Numerics;
using Xunit;

namespace Ecart.Tests.Numerics;

public sealed class SymmetricEigenTests
{
    public static TheoryData<int> Sizes => [1, 2, 3, 7, 33, 128];

    [Fact]
    public void Decompose_TwoByTwo_HasTheKnownValues()
    {
        double[] matrix = [2, 1, 1, 2];
        var values = new double[2];
        Decompose(matrix, values);
        Assert.Equal([3, 1], values, new Close(1e-14));
        Assert.Equal(Math.Sqrt(0.5), Math.Abs(matrix[0]), 1e-14);
        Assert.Equal(matrix[0], matrix[1], 1e-14);
    }

    /// <summary>The second difference matrix has the values 2 − 2 cos(kπ / (n + 1)).</summary>
    [Theory]
    [MemberData(nameof(Sizes))]
    public void Decompose_SecondDifferences_HasTheKnownValues(int n)
    {
        var matrix = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            matrix[(i * n) + i] = 2;
            if (i > 0) matrix[(i * n) + i - 1] = matrix[((i - 1) * n) + i] = -1;
        }

        var values = new double[n];
        Decompose(matrix, values);
        for (int k = 1; k <= n; k++) Assert.Equal(2 - (2 * Math.Cos((n + 1 - k) * Math.PI / (n + 1))), values[k - 1], 1e-13 * n);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Decompose_RandomMatrix_IsRebuiltByItsOrthonormalVectors(int n)
    {
        double[] matrix = Random(n, 5);
        double[] vectors = [.. matrix];
        var values = new double[n];
        Decompose(vectors, values);
        for (int i = 0; i < n; i++)
        {
            if (i > 0) Assert.True(values[i] <= values[i - 1]);
            for (int j = 0; j < n; j++)
            {
                double dot = 0, rebuilt = 0;
                for (int k = 0; k < n; k++)
                {
                    dot += vectors[(i * n) + k] * vectors[(j * n) + k];
                    rebuilt += values[k] * vectors[(k * n) + i] * vectors[(k * n) + j];
                }

                Assert.Equal(i == j ? 1 : 0, dot, 1e-12);
                Assert.Equal(matrix[(i * n) + j], rebuilt, 1e-11);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Decompose_RandomMatrix_EqualsPlainJacobi(int n)
    {
        double[] matrix = Random(n, 6);
        double[] expected = Jacobi([.. matrix], n);
        var values = new double[n];
        Decompose(matrix, values);
        Assert.Equal(expected, values, new Close(1e-11));
    }

    [Fact]
    public void Decompose_ZerosAndMultiples_AreHandled()
    {
        var values = new double[5];
        Decompose(new double[25], values);
        Assert.Equal(new double[5], values);
        double[] identity = [3, 0, 0, 0, 3, 0, 0, 0, 3];
        Decompose(identity, values.AsSpan(0, 3));
        Assert.Equal([3, 3, 3], values[..3]);
        var ones = new double[25];
        Array.Fill(ones, 1);
        Decompose(ones, values);
        Assert.Equal([5, 0, 0, 0, 0], values, new Close(1e-14));
    }

    [Fact]
    public void Decompose_GradedScales_KeepsTheLargeExact()
    {
        double[] matrix = [1e200, 0, 0, 0, 1, 0, 0, 0, 1e-200];
        var values = new double[3];
        Decompose(matrix, values);
        Assert.Equal([1e200, 1, 1e-200], values);
    }

    [Fact]
    public void Largest_OfSubspaceIteration_EqualsTheFullDecomposition()
    {
        const int Rows = 300, Columns = 90, Count = 5;
        var random = new SeededRandom(8);
        var z = new double[Rows * Columns];
        for (int row = 0; row < Rows; row++)
        {
            for (int column = 0; column < Columns; column++) z[(row * Columns) + column] = random.NextNormal() * (column < 8 ? 10 - column : 0.5);
        }

        var full = new double[Columns * Columns];
        for (int i = 0; i < Columns; i++)
        {
            for (int j = 0; j < Columns; j++)
            {
                for (int row = 0; row < Rows; row++) full[(i * Columns) + j] += z[(row * Columns) + i] * z[(row * Columns) + j] / Rows;
            }
        }

        var values = new double[Columns];
        Decompose(full, values);
        var (largest, vectors) = SubspaceIteration.Largest(z, Rows, Columns, Count, 1, TestContext.Current.CancellationToken);
        for (int i = 0; i < Count; i++)
        {
            Assert.Equal(values[i], largest[i], 1e-3 * values[i]);
            double dot = 0;
            for (int j = 0; j < Columns; j++) dot += vectors[(i * Columns) + j] * full[(i * Columns) + j];
            Assert.Equal(1, Math.Abs(dot), 1e-2);
        }
    }

    private static void Decompose(Span<double> matrix, Span<double> values) =>
        SymmetricEigen.Decompose(matrix, values, TestContext.Current.CancellationToken);

    private static double[] Random(int n, ulong seed)
    {
        var random = new SeededRandom(seed);
        var matrix = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++) matrix[(i * n) + j] = matrix[(j * n) + i] = random.NextNormal();
        }

        return matrix;
    }

    private static double[] Jacobi(double[] a, int n)
    {
        for (int sweep = 0; sweep < 30; sweep++)
        {
            for (int p = 0; p < n; p++)
            {
                for (int q = p + 1; q < n; q++)
                {
                    if (Math.Abs(a[(p * n) + q]) < 1e-300) continue;
                    double theta = (a[(q * n) + q] - a[(p * n) + p]) / (2 * a[(p * n) + q]);
                    double t = (theta >= 0 ? 1 : -1) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
                    double c = 1 / Math.Sqrt((t * t) + 1), s = t * c;
                    for (int k = 0; k < n; k++) (a[(k * n) + p], a[(k * n) + q]) = ((c * a[(k * n) + p]) - (s * a[(k * n) + q]), (s * a[(k * n) + p]) + (c * a[(k * n) + q]));
                    for (int k = 0; k < n; k++) (a[(p * n) + k], a[(q * n) + k]) = ((c * a[(p * n) + k]) - (s * a[(q * n) + k]), (s * a[(p * n) + k]) + (c * a[(q * n) + k]));
                }
            }
        }

        return [.. Enumerable.Range(0, n).Select(i => a[(i * n) + i]).OrderDescending()];
    }

    private sealed class Close(double tolerance) : IEqualityComparer<double>
    {
        public bool Equals(double x, double y) => Math.Abs(x - y) <= tolerance;

        public int GetHashCode(double value) => 0;
    }
}
