using Ecart.Numerics;
using Xunit;

namespace Ecart.Tests.Numerics;

public sealed class SymmetricEigenTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(40)]
    [InlineData(128)]
    public void Decompose_AnySymmetricMatrix_IsMadeOfItsEigenvectors(int n)
    {
        var random = new SeededRandom((ulong)n);
        var matrix = new double[n * n];
        for (int i = 0; i < n; i++)
            for (int j = i; j < n; j++) matrix[(i * n) + j] = matrix[(j * n) + i] = random.Between(-1, 1);

        (double[] values, double[] vectors) = SymmetricEigen.Decompose([.. matrix], n);

        Assert.Equal(values.OrderDescending(), values);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double image = 0;
                double product = 0;
                for (int k = 0; k < n; k++)
                {
                    image += matrix[(j * n) + k] * vectors[(i * n) + k];
                    product += vectors[(i * n) + k] * vectors[(j * n) + k];
                }

                Assert.Equal(values[i] * vectors[(i * n) + j], image, 1e-10);
                Assert.Equal(i == j ? 1 : 0, product, 1e-12);
            }
        }
    }

    [Fact]
    public void Decompose_Diagonal_IsSorted()
    {
        (double[] values, double[] vectors) = SymmetricEigen.Decompose([1, 0, 0, 0, 3, 0, 0, 0, 2], 3);

        Assert.Equal([3, 2, 1], values);
        Assert.Equal([0, 1, 0, 0, 0, 1, 1, 0, 0], vectors);
    }

    [Fact]
    public void Decompose_Zeros_AreZeros() => Assert.Equal([0, 0], SymmetricEigen.Decompose(new double[4], 2).Values);
}
