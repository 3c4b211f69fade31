using CsCheck;
using Ecart.Numerics;
using Ecart.Vectors;
using Xunit;

namespace Ecart.Tests.Vectors;

public sealed class VectorMathTests
{
    public static TheoryData<int> Dimensions => [1, 7, 128, 384];

    [Theory]
    [MemberData(nameof(Dimensions))]
    public void Distance_AnyVectors_EqualsPlainSum(int dimension) => Gen.ULong.Sample(seed =>
    {
        var (left, right) = Pair(dimension, seed);
        Assert.Equal(PlainDistance(left, right), VectorMath.Distance(left, right), 1e-5 * Math.Sqrt(dimension));
    }, seed: "0000KOIbCd64", iter: 200);

    [Theory]
    [MemberData(nameof(Dimensions))]
    public void Distance_AnyVectors_IsAMetric(int dimension) => Gen.Select(Gen.ULong, Gen.ULong).Sample((first, second) =>
    {
        var (a, b) = Pair(dimension, first);
        var (c, _) = Pair(dimension, second);
        Assert.Equal(0, VectorMath.Distance(a, a));
        Assert.Equal(VectorMath.Distance(a, b), VectorMath.Distance(b, a));
        Assert.True(VectorMath.Distance(a, c) <= VectorMath.Distance(a, b) + VectorMath.Distance(b, c) + 1e-5);
    }, seed: "0000KOIbCd64", iter: 200);

    [Fact]
    public void Distance_DifferentLengths_IsRefused() =>
        Assert.ThrowsAny<ArgumentException>(() => VectorMath.Distance(new float[7], new float[8]));

    [Theory]
    [MemberData(nameof(Dimensions))]
    public void DistancePadded_LongerPattern_EqualsDistanceToPaddedVector(int dimension) => Gen.ULong.Sample(seed =>
    {
        var (vector, _) = Pair(dimension, seed);
        var (_, pattern) = Pair(dimension + 128, seed + 1);
        var padded = new float[pattern.Length];
        vector.CopyTo(padded, 0);
        Assert.Equal(PlainDistance(padded, pattern), VectorMath.DistancePadded(vector, pattern), 1e-4);
        Assert.Equal(VectorMath.Distance(vector, vector), VectorMath.DistancePadded(vector, padded));
    }, seed: "0000KOIbCd64", iter: 100);

    [Theory]
    [MemberData(nameof(Dimensions))]
    public void NormalizeInPlace_AnyVector_HasLengthOneAndTheSameDirection(int dimension) => Gen.ULong.Sample(seed =>
    {
        var (original, vector) = (Pair(dimension, seed).Left, Pair(dimension, seed).Left);
        var norm = VectorMath.NormalizeInPlace(vector);
        Assert.Equal(1, PlainDistance(vector, new float[dimension]), 1e-5);
        for (var i = 0; i < dimension; i++) Assert.Equal(original[i], vector[i] * norm, 1e-5f * norm);
    }, seed: "0000KOIbCd64", iter: 100);

    [Theory]
    [MemberData(nameof(Dimensions))]
    public void NormalizeInPlace_ZeroVector_StaysZero(int dimension)
    {
        var vector = new float[dimension];

        Assert.Equal(0, VectorMath.NormalizeInPlace(vector));
        Assert.All(vector, element => Assert.Equal(0, element));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void IsFinite_OneBadElementAnywhere_IsFalse(float bad)
    {
        for (var position = 0; position < 128; position++)
        {
            var vector = new float[128];
            Assert.True(VectorMath.IsFinite(vector));
            vector[position] = bad;
            Assert.False(VectorMath.IsFinite(vector));
        }
    }

    private static (float[] Left, float[] Right) Pair(int dimension, ulong seed)
    {
        var random = new SeededRandom(seed);
        float[] Next() => [.. Enumerable.Range(0, dimension).Select(_ => (float)random.NextNormal())];
        return (Next(), Next());
    }

    private static double PlainDistance(float[] left, float[] right)
    {
        double sum = 0;
        for (var i = 0; i < left.Length; i++) sum += ((double)left[i] - right[i]) * ((double)left[i] - right[i]);
        return Math.Sqrt(sum);
    }
}
