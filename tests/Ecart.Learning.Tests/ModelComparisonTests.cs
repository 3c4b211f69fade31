using Ecart.Numerics;
using Xunit;

namespace Ecart.Learning.Tests;

public sealed class ModelComparisonTests
{
    [Fact]
    public void Of_SmallCase_GivesFiguresByHand()
    {
        // Champion: fraud first and third of four. Challenger: both first.
        ModelComparison compared = ModelComparison.Of([new(0.9, 0.9, true), new(0.8, 0.1, false), new(0.7, 0.8, true), new(0.1, 0.2, false)], budget: 0.5);

        Assert.Equal((0.75, (1 + (2.0 / 3)) / 2, 0.5), (compared.Champion.RocAuc, compared.Champion.AveragePrecision, compared.Champion.RecallAtBudget));
        Assert.Equal((1, 1, 1), (compared.Challenger.RocAuc, compared.Challenger.AveragePrecision, compared.Challenger.RecallAtBudget));
    }

    [Fact]
    public void Of_EqualScores_CountHalf()
    {
        ModelComparison compared = ModelComparison.Of([new(0.5, 0.5, true), new(0.5, 0.5, false), new(0.5, 0.5, false), new(0.5, 0.5, false)], budget: 0.25);

        Assert.Equal((0.5, 0.25, 0.25), (compared.Champion.RocAuc, compared.Champion.AveragePrecision, compared.Champion.RecallAtBudget));
    }

    [Theory]
    [InlineData(0.8, true)]
    [InlineData(0, false)]
    public void Of_ChallengerThatKnowsMoreOrNothing_TellsItFromChance(double knowledge, bool isCertain)
    {
        var random = new SeededRandom(3);
        ModelComparison compared = ModelComparison.Of(Enumerable.Range(0, 5000).Select(_ =>
        {
            bool isFraud = random.Chance(0.05);
            return new JudgedEvent(random.NextDouble(), (isFraud ? knowledge : 0) + random.NextDouble(), isFraud);
        }));

        Assert.Equal(isCertain, compared.LeastGain > 0);
        Assert.True(compared.MostGain >= compared.LeastGain);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 3)]
    [InlineData(3, 0)]
    public void Of_OneKindOnly_SaysWhatIsMissing(int events, int frauds)
    {
        var error = Assert.Throws<TooFewVerdictsException>(() =>
            ModelComparison.Of(Enumerable.Range(0, events).Select(i => new JudgedEvent(0.5, 0.5, i < frauds))));

        Assert.Contains($"{events} events", error.Message, StringComparison.Ordinal);
    }
}
