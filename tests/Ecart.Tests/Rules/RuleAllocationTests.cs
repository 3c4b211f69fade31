using Ecart.Rules;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Tests.Rules;

public sealed class RuleAllocationTests
{
    [Fact]
    public void Matches_EveryPartOfTheLanguage_AllocatesNothing()
    {
        RuleExpression<Sample> rule = Sample.Compile(
            """
            not (amount * 2 - hour / 3 + -1 < 0) and hour between 1 and 5 and hour not in (7, 8) and city in ('x', 'Lyon')
            and city starts with 'L' and city contains 'yo' and channel != 'atm' and is_known is null and city is not null
            and (is_weekend = true or is_known) and amount / 0 is null
            """);
        Assert.Equal(100, Count(rule, 100));
        int matches = 0;
        Assert.Equal(0, Allocation.Of(() => matches = Count(rule, 10_000)));
        Assert.Equal(10_000, matches);
    }

    private static int Count(RuleExpression<Sample> rule, int times)
    {
        var sample = new Sample { A = 120, B = 3, S = "Lyon", T = "pos", F = true };
        int matches = 0;
        for (int i = 0; i < times; i++)
            if (rule.Matches(in sample)) matches++;
        return matches;
    }
}
