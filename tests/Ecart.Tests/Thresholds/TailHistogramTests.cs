using CsCheck;
using Ecart.Thresholds;
using Xunit;

namespace Ecart.Tests.Thresholds;

public sealed class TailHistogramTests
{
    private const int KeepDays = 5;
    private static readonly double[] Edges = TailHistogram.StepEdges(-5, 0.25, 10, 1.1, 1e6);

    private static readonly Gen<(int Day, double Value)[]> Values = Gen.Select(Gen.Int[100, 110], Gen.Double[-7, 20]).Array[0, 80];

    [Fact]
    public void UpperTail_AnyValues_LiesWithinTheNaiveCountsOfItsBin() => Gen.Select(Values, Gen.Int[105, 112], Gen.Double[-7, 20]).Sample((values, day, value) =>
    {
        var newest = values.Length == 0 ? day : values.Max(entry => entry.Day);
        var before = values.Where(entry => entry.Day < day && entry.Day >= day - KeepDays && entry.Day >= newest - KeepDays).ToArray();
        var bin = Math.Max(0, Array.FindLastIndex(Edges, edge => edge <= value));
        var atLeastNextEdge = before.Count(entry => entry.Value >= Edges[bin + 1]);
        var atLeastEdge = bin == 0 ? before.Length : before.Count(entry => entry.Value >= Edges[bin]);

        var tail = Filled(values).UpperTail(day, value);

        Assert.InRange(tail, (atLeastNextEdge + 1.0) / (before.Length + 1) - 1e-12, (atLeastEdge + 1.0) / (before.Length + 1) + 1e-12);
    }, seed: "0000KOIbCd64", iter: 2000);

    [Fact]
    public void UpperTail_AtAnEdge_CountsExactly()
    {
        var histogram = Filled([(100, 1.0), (100, 1.1), (100, 2.0), (101, 3.0), (102, 9.0)]);

        Assert.Equal((2.0 + 1) / (4 + 1), histogram.UpperTail(102, 1.25));
        Assert.Equal((2.0 + 1) / (4 + 1), histogram.UpperTail(102, 2.0));
        Assert.Equal((1.0 + 1) / (4 + 1), histogram.UpperTail(102, 3.0));
        Assert.Equal(1, histogram.UpperTail(102, -100));
        Assert.Equal(1.0 / 5, histogram.UpperTail(102, 1e9));
    }

    [Fact]
    public void UpperTail_GrowingValue_NeverRises() => Values.Sample(values =>
    {
        var histogram = Filled(values);
        var previous = 1.0;
        for (var value = -8.0; value < 25; value += 0.1)
        {
            var tail = histogram.UpperTail(108, value);
            Assert.InRange(tail, double.Epsilon, previous + 1e-12);
            previous = tail;
        }
    }, seed: "0000KOIbCd64", iter: 200);

    [Fact]
    public void Add_AnyOrderAndAnyQueriesBetween_GivesTheSame() => Gen.Select(Values, Gen.Int[0, 1000]).Sample((values, seed) =>
    {
        var straight = Filled(values);
        var shuffled = new TailHistogram(Edges, KeepDays);
        var random = new Random(seed);
        random.Shuffle(values);
        foreach (var (day, value) in values)
        {
            shuffled.UpperTail(random.Next(100, 112), value);
            shuffled.Add(day, value);
        }

        for (var day = 100; day < 113; day++) Assert.Equal(straight.UpperTail(day, 2.3), shuffled.UpperTail(day, 2.3));
    }, seed: "0000KOIbCd64", iter: 500);

    [Fact]
    public void UpperTail_OwnDay_IsNotPartOfItsReference()
    {
        var histogram = Filled([(100, 5), (100, 5), (100, 5)]);

        Assert.Equal(1, histogram.UpperTail(100, 9));
        Assert.Equal(0.25, histogram.UpperTail(101, 9));
    }

    [Fact]
    public void UpperTail_DayForgottenSinceTheLastQuery_IsNotCounted()
    {
        var histogram = Filled([(100, 5), (101, 5)]);
        Assert.Equal(1.0 / 3, histogram.UpperTail(102, 9));

        histogram.Add(140, 5);

        Assert.Equal(1, histogram.UpperTail(102, 9));
    }

    private static TailHistogram Filled((int Day, double Value)[] values)
    {
        var histogram = new TailHistogram(Edges, KeepDays);
        foreach (var (day, value) in values) histogram.Add(day, value);
        return histogram;
    }
}
