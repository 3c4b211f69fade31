using Ecart.Numerics;
using Xunit;

namespace Ecart.Tests.Numerics;

public sealed class CholeskyFactorTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(128)]
    [InlineData(384)]
    public void AddAndScale_ManyVectors_AreThoseOfTheMatrix(int order)
    {
        var random = new SeededRandom(4);
        var factor = new CholeskyFactor(order);
        var matrix = new double[order, order];
        var diagonal = new double[order];
        for (int i = 0; i < order; i++) matrix[i, i] = diagonal[i] = random.Between(0.5, 2);
        factor.SetDiagonal(diagonal);

        for (int step = 0; step < 20; step++)
        {
            double[] x = Normal(random, order);
            if (step % 5 == 0) Array.Clear(x, 0, order / 2);
            for (int i = 0; i < order; i++)
                for (int j = 0; j < order; j++) matrix[i, j] = (0.9 * matrix[i, j]) + (x[i] * x[j]);
            factor.Scale(0.9);
            factor.Add(x);
        }

        // A·(A⁻¹·x) is x, and xᵀ·A⁻¹·x is |U⁻ᵀ·x|².
        double[] given = Normal(random, order);
        double[] half = [.. given];
        factor.SolveLower(half);
        double[] solved = [.. half];
        factor.SolveUpper(solved);
        double quadratic = 0;
        double squared = 0;
        for (int i = 0; i < order; i++)
        {
            double product = 0;
            for (int j = 0; j < order; j++) product += matrix[i, j] * solved[j];
            Assert.Equal(given[i], product, 1e-7);
            quadratic += given[i] * solved[i];
            squared += half[i] * half[i];
        }

        Assert.Equal(quadratic, squared, 1e-7 * quadratic);
    }

    [Fact]
    public void SolveLower_LeadingZeros_MayBeLeftOut()
    {
        var random = new SeededRandom(4);
        var factor = new CholeskyFactor(6);
        factor.SetDiagonal([1, 2, 3, 4, 5, 6]);
        for (int step = 0; step < 10; step++) factor.Add(Normal(random, 6));
        double[] whole = [0, 0, 0, 0, 2, 1];
        double[] part = [.. whole];

        factor.SolveLower(whole);
        factor.SolveLower(part, 4);

        Assert.Equal(whole, part);
    }

    private static double[] Normal(SeededRandom random, int order)
    {
        var x = new double[order];
        for (int i = 0; i < order; i++) x[i] = random.NextNormal();
        return x;
    }
}
