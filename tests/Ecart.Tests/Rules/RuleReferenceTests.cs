using CsCheck;
using Ecart.Rules;
using Ecart.Rules.Syntax;
using Xunit;

namespace Ecart.Tests.Rules;

public sealed class RuleReferenceTests
{
    private static readonly double[] Numbers = [double.NaN, 0, 1, 2.5, -3, double.PositiveInfinity];
    private static readonly string?[] Texts = [null, "", "a", "ab", "b'c", "Ab"];
    private static readonly bool?[] Truths = [null, false, true];

    [Fact]
    public void Matches_RandomExpressions_EqualTheTreeWalk()
    {
        int[] seen = new int[3];
        var random = new Random(4);
        foreach ((RuleNode tree, bool isSparing) in SeededSamples.Of(Gen.Select(RuleGenerator.Conditions(4), Gen.Bool), seed: 4, count: 20_000))
        {
            string text = RuleGenerator.Write(tree, isSparing);
            if (text.Length > RuleLimits.MaximumLength) continue;
            RuleExpression<Sample> rule = Sample.Compile(text);
            for (int i = 0; i < 20; i++)
            {
                Sample sample = Any(random);
                bool? expected = RuleReference.Condition(tree, in sample);
                Assert.True(
                    rule.Matches(in sample) == (expected == true),
                    $"{text} is {expected} for {sample.A}, {sample.B}, {sample.S ?? "null"}, {sample.F}, {sample.G}.");
                seen[expected switch { null => 0, false => 1, true => 2 }]++;
            }
        }

        Assert.All(seen, count => Assert.True(count > 10_000, $"Each truth must be tried often: {string.Join(", ", seen)}."));
    }

    private static Sample Any(Random random) => new()
    {
        A = Numbers[random.Next(Numbers.Length)],
        B = Numbers[random.Next(Numbers.Length)],
        S = Texts[random.Next(Texts.Length)],
        F = Truths[random.Next(Truths.Length)],
        G = Truths[random.Next(Truths.Length)],
    };
}
