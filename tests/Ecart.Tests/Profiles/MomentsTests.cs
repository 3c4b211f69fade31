using CsCheck;
using Ecart.Profiles;
using Xunit;

namespace Ecart.Tests.Profiles;

public sealed class MomentsTests
{
    private static readonly Gen<double[]> Values = Gen.Double[-1000, 1000].Array[0, 40];

    [Fact]
    public void Add_AnyValues_EqualsPlainFormulas() => Values.Sample(values =>
    {
        var moments = Of(values);
        Assert.Equal(values.Length, moments.Count);
        if (values.Length == 0)
        {
            Assert.Equal((double.NaN, 0, double.NegativeInfinity), (moments.Mean, moments.SampleDeviation, moments.Maximum));
            return;
        }

        var mean = values.Average();
        Assert.Equal(mean, moments.Mean, 1e-9);
        Assert.Equal(values.Max(), moments.Maximum);
        var expected = values.Length < 2 ? 0 : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
        Assert.Equal(expected, moments.SampleDeviation, 1e-4);
    }, seed: "0000KOIbCd64", iter: 500);

    [Fact]
    public void Add_TwoParts_EqualsTheWhole() => Gen.Select(Values, Values).Sample((first, second) =>
    {
        var parts = Of(first);
        parts.Add(Of(second));
        var whole = Of([.. first, .. second]);
        Assert.Equal((whole.Count, whole.Maximum), (parts.Count, parts.Maximum));
        Assert.Equal(whole.Sum, parts.Sum, 1e-7);
        Assert.Equal(whole.SumOfSquares, parts.SumOfSquares, 1e-4);
    }, seed: "0000KOIbCd64", iter: 500);

    [Fact]
    public void Remove_ValuesInAnyOrder_UndoesAdd() => Gen.Select(Values, Values).Sample((kept, removed) =>
    {
        var moments = Of([.. kept, .. removed]);
        foreach (var value in removed.Reverse()) moments.Remove(value);
        var expected = Of(kept);
        Assert.Equal(expected.Count, moments.Count);
        Assert.Equal(expected.Sum, moments.Sum, 1e-7);
        Assert.Equal(expected.SumOfSquares, moments.SumOfSquares, 1e-4);
    }, seed: "0000KOIbCd64", iter: 500);

    [Fact]
    public void Remove_TheLargest_LeavesNoTraceOfIt()
    {
        var moments = Of([10, 12, 11, 9, 10, 5000]);

        moments.Remove(5000);

        Assert.InRange(moments.Maximum, 12, 20);
    }

    [Fact]
    public void Remove_TheLast_IsEmpty()
    {
        var moments = Of([0.1, 0.7]);
        moments.Remove(0.1);
        moments.Remove(0.7);

        Assert.Equal(Moments.Empty, moments);
    }

    private static Moments Of(double[] values)
    {
        var moments = Moments.Empty;
        foreach (var value in values) moments.Add(value);
        return moments;
    }
}
