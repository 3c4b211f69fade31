using Ecart.Detection.Streaming.TimeSeries;
using Ecart.Numerics;
using Xunit;

namespace Ecart.Tests.Detection.Streaming.TimeSeries;

public sealed class TailEstimateTests
{
    [Theory]
    [InlineData("normal", 1.0)]
    [InlineData("normal", 1e-20)]
    [InlineData("exponential", 1e12)]
    [InlineData("pareto", 1.0)]
    public void DecadesOf_SameDistribution_IsAsRareAsItSays(string distribution, double unit)
    {
        var random = new SeededRandom(4);
        var tail = new TailEstimate();
        double Draw() => unit * distribution switch
        {
            "normal" => Math.Abs(random.NextNormal()),
            "exponential" => -Math.Log(1 - random.NextDouble()),
            _ => Math.Pow(1 - random.NextDouble(), -0.5),
        };
        for (int i = 0; i < 5000; i++) tail.Add(Draw());

        double[] decades = [.. Enumerable.Range(0, 50_000).Select(_ => tail.DecadesOf(Draw()))];

        foreach (double decade in new[] { 0.5, 1, 2 })
            Assert.InRange(decades.Count(rarity => rarity >= decade) / 50_000.0, 0.75 * Math.Pow(10, -decade), 1.35 * Math.Pow(10, -decade));
        Assert.InRange(decades.Count(rarity => rarity >= 3) / 50_000.0, 0, 0.004);
    }

    [Fact]
    public void DecadesOf_MiddleOfHistory_IsTheShareAbove()
    {
        var tail = new TailEstimate();
        for (int i = 1; i <= 1000; i++) tail.Add(i);

        foreach (int value in new[] { 100, 400, 700, 900 })
            Assert.Equal(-Math.Log10((1000 - value) / 1000.0), tail.DecadesOf(value), 0.03);
    }

    [Fact]
    public void DecadesOf_Larger_IsNeverLess()
    {
        var random = new SeededRandom(8);
        var tail = new TailEstimate();
        for (int i = 0; i < 300; i++) tail.Add(random.NextLogNormal(1, 2));
        double last = 0;
        for (double value = 1e-6; value < 1e9; value *= 1.05)
        {
            double decades = tail.DecadesOf(value);
            Assert.InRange(decades, last - 0.2, TailEstimate.MaximumDecades);
            last = Math.Max(last, decades);
        }

        Assert.True(last > 4);
    }

    [Fact]
    public void Add_WithDelay_CountsValuesThatManyLater()
    {
        var late = new TailEstimate(delay: 5);
        var tail = new TailEstimate();
        for (int i = 1; i <= 50; i++)
        {
            late.Add(i);
            if (i > 5) tail.Add(i - 5);
            Assert.Equal(tail.Count, late.Count);
            Assert.Equal(tail.DecadesOf(20), late.DecadesOf(20));
        }
    }

    [Fact]
    public void DecadesOf_NothingOrZerosLearned_IsDefined()
    {
        var tail = new TailEstimate();
        Assert.Equal(0, tail.DecadesOf(5));
        for (int i = 0; i < 999; i++) tail.Add(0);

        Assert.Equal(0, tail.DecadesOf(0));
        Assert.Equal(3, tail.DecadesOf(5), 10);
    }
}
