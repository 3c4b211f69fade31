using CsCheck;
using Ecart.Eval.Metrics;
using Xunit;

namespace Ecart.Eval.Tests.Metrics;

public sealed class CardPrecisionTests
{
    private static readonly DateOnly First = new(2018, 8, 8);

    private static Gen<CardEvent[]> GenEvents => Gen.Select(
        Gen.Int[0, 3],
        Gen.Int[0, 9],
        Gen.Int[0, 6],
        Gen.Bool,
        (day, card, score, isFraud) => new CardEvent(First.AddDays(day), $"card {card}", score, isFraud)).Array[1, 60];

    [Fact]
    public void At_TwoDays_AveragesDaysAndDropsFoundCards()
    {
        CardEvent[] events =
        [
            // Day 1, top 2: A (fraud, by another of its transactions) and B. One of two.
            new(First, "A", 0.9, false), new(First, "A", 0.1, true), new(First, "B", 0.8, false), new(First, "C", 0.7, true),
            // Day 2: A was found yesterday and is blocked; top 2 are C (fraud) and D (fraud). Two of two.
            new(First.AddDays(1), "A", 1.0, true), new(First.AddDays(1), "C", 0.5, true), new(First.AddDays(1), "D", 0.4, true),
            new(First.AddDays(1), "B", 0.3, false),
        ];

        Assert.Equal((0.5 + 1.0) / 2, CardPrecision.At(events, 2), 1e-12);
    }

    [Fact]
    public void At_FewerCardsThanInvestigated_DividesByInvestigated() =>
        Assert.Equal(0.01, CardPrecision.At([new(First, "A", 0.9, true)], 100), 1e-12);

    [Fact]
    public void At_NoEvents_IsUndefined() => Assert.True(double.IsNaN(CardPrecision.At([], 100)));

    [Fact]
    public void At_AnyOrderOfEvents_EqualsReference() => Gen.Select(GenEvents, Gen.Int[1, 6]).Sample(
        (events, investigated) =>
        {
            double expected = Reference(events, investigated);

            Assert.Equal(expected, CardPrecision.At(events, investigated), 1e-12);
            Assert.Equal(expected, CardPrecision.At(events.Reverse(), investigated), 1e-12);
        },
        seed: "0000KOIbCd64", iter: 2000);

    /// <summary>The handbook's loop, step by step: a card is in the top when fewer than k cards of the day go before it.</summary>
    private static double Reference(CardEvent[] events, int investigated)
    {
        var found = new List<string>();
        var precisions = new List<double>();
        foreach (DateOnly day in events.Select(item => item.Day).Distinct().Order())
        {
            CardEvent[] today = [.. events.Where(item => item.Day == day && !found.Contains(item.Card))];
            string[] cards = [.. today.Select(item => item.Card).Distinct()];
            double Best(string card) => today.Where(item => item.Card == card).Max(item => item.Score);
            bool GoesBefore(string one, string other) =>
                Best(one) > Best(other) || (Best(one) == Best(other) && string.CompareOrdinal(one, other) < 0);
            string[] top = [.. cards.Where(card => cards.Count(other => GoesBefore(other, card)) < investigated)];
            string[] hits = [.. top.Where(card => today.Any(item => item.Card == card && item.IsFraud))];
            precisions.Add((double)hits.Length / investigated);
            found.AddRange(hits);
        }

        return precisions.Average();
    }
}
