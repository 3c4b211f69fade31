using Ecart.Rules;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Tests.Rules;

public sealed class RuleFunctionTests
{
    [Theory]
    [InlineData("length(city) = 5", true)]
    [InlineData("LENGTH ( city ) = 5", true)]
    [InlineData("length(channel) = 0", false)]
    [InlineData("length(channel) is null", true)]
    [InlineData("same_text(city, 'pARIS')", true)]
    [InlineData("same_text(city, 'Lyon')", false)]
    [InlineData("like(city, 'P*s')", true)]
    [InlineData("like(city, 'P?ris')", true)]
    [InlineData("like(city, '*')", true)]
    [InlineData("like(city, '*ri*s*')", true)]
    [InlineData("like(city, 'P*x')", false)]
    [InlineData("like(city, '')", false)]
    [InlineData("like(city, 'p*')", false)]
    [InlineData("number('12.5') = 12.5", true)]
    [InlineData("number(city) is null", true)]
    [InlineData("number('Infinity') is null", true)]
    [InlineData("entropy('aaaa') = 0 and entropy('ab') = 1 and entropy('abcd') = 2", true)]
    [InlineData("in_network('10.1.2.3', '10.0.0.0/8')", true)]
    [InlineData("in_network('10.1.2.3', '192.168.0.0/16', '10.1.2.0/24')", true)]
    [InlineData("in_network('11.1.2.3', '192.168.0.0/16', '10.1.2.0/24')", false)]
    [InlineData("in_network(city, '10.0.0.0/8') or not in_network(city, '10.0.0.0/8')", false)]
    [InlineData("is_private('192.168.1.1') and not is_private('8.8.8.8') and is_ipv6('::1') and not is_ipv6('8.8.8.8')", true)]
    [InlineData("time_between('22:00', '06:00')", true)]
    [InlineData("time_between('06:00', '22:00')", false)]
    [InlineData("time_between('23:15', '24:00')", true)]
    [InlineData("time_between('22:00', '23:15')", false)]
    [InlineData("minute_of_day() = 23 * 60 + 15 and day_of_month() = 31 and month() = 12 and year() = 2026", true)]
    [InlineData("before('2027-01-01') and not before('2026-12-31') and before('2026-12-31 23:16')", true)]
    [InlineData("abs(0 - 3) = 3 and floor(2.9) = 2 and ln(1) = 0 and ln(0) is null and min(3, 1, 2) = 1 and max(3, 1, 2) = 3", true)]
    [InlineData("min(1, hour) is null and max(hour, 1) is null", true)]
    [InlineData("coalesce(hour, amount, 9) = 2.5 and coalesce(channel, city) = 'Paris'", true)]
    [InlineData("coalesce(channel, 'none') starts with 'no'", true)]
    [InlineData("length(coalesce(channel, city)) * 2 = max(10, floor(amount))", true)]
    public void Matches_Function_GivesItsValue(string text, bool matches)
    {
        var sample = new Sample { A = 2.5, B = double.NaN, S = "Paris", T = null, Time = new DateTime(2026, 12, 31, 23, 15, 0) };
        Assert.Equal(matches, Sample.Compile(text).Matches(in sample));
    }

    [Theory]
    [InlineData("lenght(city) > 1", "At character 1: found 'lenght(', expected a function. Did you mean 'length'?")]
    [InlineData("1 = 1 and length(amount) > 1", "At character 18: found 'amount', which is a number, expected a text.")]
    [InlineData("length() > 1", "At character 1: found 'length' with 0 arguments, expected length(text).")]
    [InlineData("length(city, city) > 1", "At character 14: found 'length' with 2 arguments, expected length(text).")]
    [InlineData("length(city)", "At character 1: found 'length(...)', which is a number, expected a condition, which is true or false.")]
    [InlineData("in_network(city, '10.0.0.0/99')", "At character 18: found the text '10.0.0.0/99', expected a 'network' such as '10.0.0.0/8' or '2001:db8::/32'.")]
    [InlineData("in_network(city, channel)", "At character 18: found 'channel', expected a 'network' such as '10.0.0.0/8' or '2001:db8::/32'.")]
    [InlineData("time_between('25:00', '06:00')", "At character 14: found the text '25:00', expected a time such as '22:00', from '00:00' to '24:00'.")]
    [InlineData("before('soon')", "At character 8: found the text 'soon', expected a day such as '2027-01-31', or a moment such as '2027-01-31 18:30'.")]
    [InlineData("coalesce(amount, 'a') = 1", "At character 18: found the text 'a', expected a number.")]
    [InlineData("coalesce(is_weekend, is_known)", "At character 10: found 'is_weekend', which is a condition, expected a number or a text.")]
    [InlineData("count(city, 90d) > 1", "At character 13: found the span of time 90d, expected 1s to 30d.")]
    [InlineData("count(city, 0s) > 1", "At character 13: found the span of time 0s, expected 1s to 30d.")]
    [InlineData("count(city, 60) > 1", "At character 13: found the number 60, expected a span of time such as 30s, 5m, 1h or 7d.")]
    [InlineData("count(amount, 1h) > 1", "At character 7: found 'amount', expected an entity: city, channel.")]
    [InlineData("count(cty, 1h) > 1", "At character 7: found 'cty', expected an entity: city, channel. Did you mean 'city'?")]
    [InlineData("sum(hour, 1h) > 1", "At character 5: found 'hour', expected a field of the event: amount, city, is_weekend.")]
    [InlineData("sum(city, 1h) > 1", "At character 5: found 'city', which is a text, expected a number.")]
    [InlineData("distinct(is_weekend, 1h) > 1", "At character 10: found 'is_weekend', which is a condition, expected a number or a text.")]
    [InlineData("distinct(amount + 1, 1h) > 1", "At character 17: found a calculation or a condition, expected a field of the event: amount, city, is_weekend.")]
    [InlineData("distinct(amount, 1h, 'city') > 1", "At character 22: found the text 'city', expected an entity: city, channel.")]
    [InlineData("count(city, 1h", "At character 15: found the end, expected ',' or ')'.")]
    public void TryCompile_WrongFunction_PointsAtThePlace(string text, string error) => Assert.Equal(error, Sample.ErrorOf(text));

    [Fact]
    public void TryCompile_SpanOutsideAFunction_IsAnError()
    {
        Assert.StartsWith("At character 12: found 'm'", Sample.ErrorOf("amount > 15m"), StringComparison.Ordinal);
        Assert.StartsWith("At character 9: found the span of time 5m", Sample.ErrorOf("1 = abs(5m)"), StringComparison.Ordinal);
    }

    [Fact]
    public void TryCompile_WindowsWhereNoneAreKept_SaysSo()
    {
        Assert.False(Sample.Fields.TryCompile("count(city, 1h) > 1", out _, out RuleError? error));
        Assert.Contains("Windows stand in rules of the domain", error!.ToString(), StringComparison.Ordinal);
        var fields = new RuleFields<Sample>("bare", new TextField<Sample>("city", "a text", static (in Sample sample) => sample.S));
        Assert.False(fields.TryCompile("count(city, 1h) > 1", new RuleWindowPlan(), out _, out error));
        Assert.Contains("bare keeps none of", error!.ToString(), StringComparison.Ordinal);
        Assert.False(fields.TryCompile("year() > 1", out _, out error));
        Assert.Contains("bare has not", error!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void TryCompile_Windows_EntersEachOnceAndReadsItsValue()
    {
        var plan = new RuleWindowPlan();
        RuleExpression<Sample> rule = Sample.Compile("count(city, 60m) > 3 and sum(AMOUNT, 1d, channel) < 5 and count(CITY, 1h) < 10", plan);
        Assert.Equal(
            [
                new RuleWindow(RuleWindowKind.Count, "city", null, TimeSpan.FromHours(1)),
                new RuleWindow(RuleWindowKind.Sum, "channel", "amount", TimeSpan.FromDays(1)),
            ],
            plan.Windows);
        var sample = new Sample { W = [4, 2] };
        Assert.True(rule.Matches(in sample));
        sample.W = [4, 6];
        Assert.False(rule.Matches(in sample));
        sample.W = null;
        Assert.False(rule.Matches(in sample));
    }

    [Fact]
    public void Matches_Functions_AllocateNothing()
    {
        RuleExpression<Sample> rule = Sample.Compile(
            "like(city, 'P*s') and entropy(city) > 1 and in_network('10.1.2.3', '10.0.0.0/8') and time_between('22:00', '06:00') and number('5') = 5 "
            + "and max(1, 2, amount) > 1 and coalesce(channel, city) = 'Paris' and count(city, 1h) > 3 and same_text(city, 'paris')", new RuleWindowPlan());
        var sample = new Sample { A = 2.5, S = "Paris", Time = new DateTime(2026, 12, 31, 23, 15, 0), W = [4] };
        Assert.True(rule.Matches(in sample));
        Assert.Equal(0, Allocation.Of(() =>
        {
            var other = new Sample { A = 2.5, S = "Paris", Time = DateTime.MinValue.AddHours(23), W = Values };
            for (int i = 0; i < 1000; i++) rule.Matches(in other);
        }));
    }

    private static readonly double[] Values = [4];
}
