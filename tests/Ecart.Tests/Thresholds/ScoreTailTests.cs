using Ecart.Numerics;
using Ecart.Thresholds;
using Xunit;

namespace Ecart.Tests.Thresholds;

public sealed class ScoreTailTests
{
    [Fact]
    public void Of_WithinTheScores_IsTheShareAtLeastAsHigh()
    {
        var tail = new ScoreTail([.. Enumerable.Range(1, 999).Select(i => (double)i)]);

        Assert.Equal(1, tail.Of(-5));
        Assert.Equal(0.5, tail.Of(501), 1e-12);
        Assert.Equal(500, tail.Median);
    }

    [Fact]
    public void Of_BeyondTheScores_GoesOnFalling()
    {
        var random = new SeededRandom(1);
        double[] scores = [.. Enumerable.Range(0, 20_000).Select(_ => -Math.Log(1 - random.NextDouble()))];
        var tail = new ScoreTail(scores);

        foreach (double score in new[] { 3.0, 5, 7, 9, 12, 15 }) Assert.InRange(tail.Of(score) / Math.Exp(-score), 0.4, 2.5);
        Assert.True(tail.Of(1e9) > 0);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.05)]
    [InlineData(0.001)]
    [InlineData(1e-6)]
    public void ScoreOf_AnyProbability_IsWhereItIsReached(double probability)
    {
        var random = new SeededRandom(2);
        var tail = new ScoreTail([.. Enumerable.Range(0, 5000).Select(_ => random.NextNormal())]);

        Assert.Equal(probability, tail.Of(tail.ScoreOf(probability)), 0.05 * probability);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public void Of_EqualScores_IsDefined(int count)
    {
        var tail = new ScoreTail([.. Enumerable.Repeat(2.0, count)]);

        Assert.Equal(1, tail.Of(2));
        Assert.Equal(1.0 / (count + 1), tail.Of(3), 1e-12);
        Assert.True(double.IsFinite(tail.ScoreOf(0.001)));
    }

    [Fact]
    public void Of_HigherScores_IsNeverHigher()
    {
        var random = new SeededRandom(3);
        var tail = new ScoreTail([.. Enumerable.Range(0, 300).Select(_ => random.NextNormal())]);
        double[] tails = [.. Enumerable.Range(-40, 120).Select(i => tail.Of(i / 10.0))];

        Assert.Equal(tails.OrderDescending(), tails);
    }

    [Fact]
    public void Make_NoScore_IsRefused() => Assert.Throws<ArgumentException>(() => new ScoreTail([]));
}
