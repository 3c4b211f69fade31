using Ecart.Rules;
using Xunit;

namespace Ecart.Tests.Rules;

public sealed class RuleLanguageTests
{
    /// <summary>amount = 120, hour = 3, city = 'Lyon', channel = 'pos', is_weekend = true; is_known is null.</summary>
    [Theory]
    [InlineData("amount > 100", true)]
    [InlineData("amount > 120", false)]
    [InlineData("amount >= 120 AND Hour < 4", true)]
    [InlineData("amount <= 119.99 or hour <> 3", false)]
    [InlineData("amount != 120", false)]
    [InlineData("hour between 2 and 5", true)]
    [InlineData("hour between 3 and 3", true)]
    [InlineData("hour between 5 and 2", false)]
    [InlineData("hour not between 4 and 5 and amount = 1.2e2", true)]
    [InlineData("hour in (1, 1 + 2)", true)]
    [InlineData("hour not in (1, 2)", true)]
    [InlineData("city in ('Paris', 'Lyon')", true)]
    [InlineData("city = 'lyon'", false)]
    [InlineData("city starts with 'Ly' and city contains 'yo'", true)]
    [InlineData("city not starts with 'yo' and not city contains 'x'", true)]
    [InlineData("city contains ''", true)]
    [InlineData("'O''Hare' contains ''''", true)]
    [InlineData("channel = 'pos' and channel != 'atm'", true)]
    [InlineData("is_weekend", true)]
    [InlineData("not is_weekend", false)]
    [InlineData("is_weekend = (amount > 100)", true)]
    [InlineData("is_weekend != true", false)]
    [InlineData("is_weekend in (false, true)", true)]
    [InlineData("is_known is null and amount is not null and city is not null", true)]
    [InlineData("amount > 1e300 * 1e300", false)]
    [InlineData("true", true)]
    [InlineData("  (  (amount)\n>\t(100)  )  ", true)]
    public void Matches_Expression_IsAsItReads(string text, bool expected) => Assert.Equal(expected, Matches(text));

    [Theory]
    [InlineData("true or true and false", true)]
    [InlineData("(true or true) and false", false)]
    [InlineData("not true or true", true)]
    [InlineData("not (true or true)", false)]
    [InlineData("not amount = 1 and false", false)]
    [InlineData("not hour > 1 or hour > 1", true)]
    [InlineData("2 + 3 * 4 = 14", true)]
    [InlineData("(2 + 3) * 4 = 20", true)]
    [InlineData("10 - 4 - 3 = 3", true)]
    [InlineData("24 / 4 / 2 = 3", true)]
    [InlineData("24 / (4 / 2) = 12", true)]
    [InlineData("-2 * 3 = -6 and 2 - -2 = 4 and - - 2 = 2", true)]
    [InlineData("hour between 1 + 1 and 2 * 2 and false", false)]
    [InlineData("not is_weekend = false", true)]
    public void Matches_Precedence_BindsTighterFirst(string text, bool expected) => Assert.Equal(expected, Matches(text));

    /// <summary>is_known is null here, and so is a division by 0: neither a test nor its opposite holds.</summary>
    [Theory]
    [InlineData("is_known", false)]
    [InlineData("not is_known", false)]
    [InlineData("is_known or not is_known", false)]
    [InlineData("is_known or true", true)]
    [InlineData("not (is_known and false)", true)]
    [InlineData("not (is_known and true)", false)]
    [InlineData("is_known = is_known", false)]
    [InlineData("(is_known and true) is null", true)]
    [InlineData("amount / 0 > 0", false)]
    [InlineData("not amount / 0 > 0", false)]
    [InlineData("amount / 0 is null", true)]
    [InlineData("0 * (amount / 0) = 0", false)]
    [InlineData("amount in (amount / 0, 120)", true)]
    [InlineData("amount not in (amount / 0, 5)", false)]
    [InlineData("amount between 200 and 1 / 0", false)]
    [InlineData("not amount between 200 and 1 / 0", true)]
    [InlineData("not amount between 1 and 1 / 0", false)]
    public void Matches_Unknown_FollowsThreeValuedLogic(string text, bool expected) => Assert.Equal(expected, Matches(text));

    [Fact]
    public void Matches_NumberFieldInfinite_IsNull()
    {
        var sample = new Sample { A = double.PositiveInfinity };
        Assert.True(Sample.Compile("amount is null").Matches(in sample));
        Assert.False(Sample.Compile("amount > 5").Matches(in sample));
    }

    [Fact]
    public void Fields_NameReservedTwiceOrMalformed_Throw()
    {
        Assert.Throws<ArgumentException>(() => Of("between"));
        Assert.Throws<ArgumentException>(() => Of("Amount"));
        Assert.Throws<ArgumentException>(() => Of("1st"));
        Assert.Throws<ArgumentException>(() => Of("a", "a"));

        static RuleFields<Sample> Of(params string[] names) =>
            new("samples", [.. names.Select(name => new NumberField<Sample>(name, "", static (in Sample sample) => sample.A))]);
    }

    private static bool Matches(string text)
    {
        var sample = new Sample { A = 120, B = 3, S = "Lyon", T = "pos", F = true };
        return Sample.Compile(text).Matches(in sample);
    }
}
