using System.Globalization;
using System.Numerics;
using CsCheck;
using Ecart.Thresholds;
using Xunit;

namespace Ecart.Tests.Thresholds;

public sealed class PoissonTests
{
    [Theory]
    [InlineData(1, 0.25)]
    [InlineData(4, 0.25)]
    [InlineData(12, 0.001)]
    [InlineData(3, 3)]
    [InlineData(4, 3)]
    [InlineData(60, 1.5)]
    [InlineData(200, 150)]
    [InlineData(150, 200)]
    [InlineData(1100, 1000)]
    public void UpperTail_AnySideOfTheMean_EqualsExactArithmetic(int count, double mean)
    {
        var expected = ExactUpperTail(count, mean);

        Assert.Equal(1, Poisson.UpperTail(count, mean) / expected, 1e-9);
    }

    [Fact]
    public void UpperTail_RandomCases_EqualExactArithmetic() => Gen.Select(Gen.Int[1, 60], Gen.Int[1, 4000]).Sample((count, mean) =>
        Assert.Equal(1, Poisson.UpperTail(count, mean / 100.0) / ExactUpperTail(count, mean / 100.0), 1e-9), seed: "0000KOIbCd64", iter: 200);

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void UpperTail_NothingCounted_IsOne(int count) => Assert.Equal(1, Poisson.UpperTail(count, 0.3));

    [Fact]
    public void UpperTail_GrowingCount_NeverRises() => Gen.Double[0.01, 2000].Sample(mean =>
    {
        var previous = 1.0;
        for (var count = 1; count < 60; count++)
        {
            var tail = Poisson.UpperTail(count, mean);
            Assert.InRange(tail, 0, previous + 1e-12);
            previous = tail;
        }
    }, seed: "0000KOIbCd64", iter: 200);

    /// <summary>Sums m^i/i! from the count on over the sum of all, in fixed point with 400 decimals.</summary>
    private static double ExactUpperTail(int count, double mean)
    {
        var scale = BigInteger.Pow(10, 400);
        var thousandths = (BigInteger)Math.Round(mean * 1000);
        BigInteger term = scale, all = 0, tail = 0;
        for (var i = 0; i < mean || term > 0; i++)
        {
            all += term;
            if (i >= count) tail += term;
            term = term * thousandths / (1000 * (BigInteger)(i + 1));
        }

        var digits = tail * BigInteger.Pow(10, 300) / all;
        return double.Parse(digits.ToString(CultureInfo.InvariantCulture) + "E-300", CultureInfo.InvariantCulture);
    }
}
