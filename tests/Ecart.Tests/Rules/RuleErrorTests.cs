using Ecart.Rules;
using Xunit;

namespace Ecart.Tests.Rules;

public sealed class RuleErrorTests
{
    private const string Value = "a field, a number, a 'text' or '('";
    private const string Operator =
        "a calculation (+, -, *, /), a comparison (=, !=, <, <=, >, >=, between, in, starts with, contains, is null), 'and', 'or' or the end";

    [Theory]
    [InlineData("", 1, "the end", Value, "")]
    [InlineData("amount > ", 10, "the end", Value, "")]
    [InlineData("amount", 1, "'amount', which is a number", "a condition, which is true or false", "")]
    [InlineData("amuont > 5", 1, "'amuont'", "a field of samples", "Did you mean 'amount'?")]
    [InlineData("zzzzz > 5", 1, "'zzzzz'", "a field of samples", "")]
    [InlineData("amount > 'x'", 10, "the text 'x'", "a number", "")]
    [InlineData("amount = 'x'", 10, "the text 'x'", "a number", "")]
    [InlineData("city = 5", 8, "the number 5", "a text", "")]
    [InlineData("city > 'A'", 1, "'city', which is a text", "a number", "")]
    [InlineData("5 + city > 6", 5, "'city', which is a text", "a number", "")]
    [InlineData("-city > 6", 2, "'city', which is a text", "a number", "")]
    [InlineData("amount starts with 'a'", 1, "'amount', which is a number", "a text", "")]
    [InlineData("city contains 5", 15, "the number 5", "a text", "")]
    [InlineData("is_weekend = 1", 14, "the number 1", "a condition, which is true or false", "")]
    [InlineData("amount > 5 and hour", 16, "'hour', which is a number", "a condition, which is true or false", "")]
    [InlineData("not 'x'", 5, "the text 'x'", "a condition, which is true or false", "")]
    [InlineData("true > 5", 1, "'true'", "a number", "")]
    [InlineData("(amount > 5) + 1 = 2", 9, "a condition", "a number", "")]
    [InlineData("hour between 1 and 'x'", 20, "the text 'x'", "a number", "")]
    [InlineData("amount > 1e999", 10, "a number too large", "at most 1.7e308", "")]
    [InlineData("channel = 'POS'", 11, "the text 'POS'", "one of pos, atm", "Did you mean 'pos'?")]
    [InlineData("'nowhere' = channel", 1, "the text 'nowhere'", "one of pos, atm", "")]
    [InlineData("channel in ('pos', 'atn')", 20, "the text 'atn'", "one of pos, atm", "Did you mean 'atm'?")]
    [InlineData("hour betwen 2 and 5", 6, "'betwen'", Operator, "Did you mean 'between'?")]
    [InlineData("hour between 2, 5", 15, "','", "a calculation (+, -, *, /) or 'and'", "")]
    [InlineData("1 < hour < 5", 10, "'<'", "a calculation (+, -, *, /), 'and', 'or' or the end", "")]
    [InlineData("hour in 5", 9, "'5'", "'('", "")]
    [InlineData("hour in (5", 11, "the end", "a calculation (+, -, *, /), ',' or ')'", "")]
    [InlineData("hour in ()", 10, "')'", Value, "")]
    [InlineData("city starts 'x'", 13, "the text 'x'", "'with'", "")]
    [InlineData("city is 5", 9, "'5'", "'null' or 'not null'", "")]
    [InlineData("city is not 5", 13, "'5'", "'null'", "")]
    [InlineData("city = null", 8, "'null'", Value, "Test with 'is null' or 'is not null'.")]
    [InlineData("city like 'x%'", 6, "'like'", Operator, "Write 'starts with' or 'contains'.")]
    [InlineData("hour == 5", 7, "'='", Value, "Write one '=' for equal.")]
    [InlineData("is_weekend && true", 12, "'&'", Operator, "Write 'and'.")]
    [InlineData("is_weekend || true", 12, "'|'", Operator, "Write 'or'.")]
    [InlineData("!is_weekend", 1, "'!'", Value, "Write 'not'.")]
    [InlineData("city = \"x\"", 8, "'\"'", Value, "Texts stand in single quotes: 'text'.")]
    [InlineData("hour % 2 = 0", 6, "'%'", Operator, "There is no remainder and no percent sign: write 0.05 for 5 %.")]
    [InlineData("city = 'Lyon", 8, "a text without its closing quote", Value, "A quote within a text is written twice: ''.")]
    [InlineData("(hour > 5", 10, "the end", "a calculation (+, -, *, /), 'and', 'or' or ')'", "")]
    [InlineData("hour > 5)", 9, "')'", "a calculation (+, -, *, /), 'and', 'or' or the end", "")]
    [InlineData("hour > 5 adn true", 10, "'adn'", "a calculation (+, -, *, /), 'and', 'or' or the end", "Did you mean 'and'?")]
    [InlineData("hour not 5", 10, "'5'", "a comparison (=, !=, <, <=, >, >=, between, in, starts with, contains, is null)", "")]
    [InlineData("city = '😀' 😀", 13, "'😀'", "a calculation (+, -, *, /), 'and', 'or' or the end", "")]
    [InlineData("hour > 5; drop table x", 9, "';'", "a calculation (+, -, *, /), 'and', 'or' or the end", "")]
    public void Compile_Mistake_TellsPlaceFoundExpectedAndSuggestion(
        string text, int position, string found, string expected, string suggestion)
    {
        Assert.False(Sample.Fields.TryCompile(text, out RuleExpression<Sample>? rule, out RuleError? error));
        Assert.Null(rule);
        Assert.Equal(new RuleError(position, found, expected, suggestion), error);
    }

    [Fact]
    public void Error_AsText_IsASentence()
    {
        Assert.Equal(
            "At character 1: found 'amuont', expected a field of samples. Did you mean 'amount'?", Sample.ErrorOf("amuont > 5"));
        Assert.Equal("At character 8: found the number 5, expected a text.", Sample.ErrorOf("city = 5"));
    }

    [Fact]
    public void Compile_TooLongOrTooDeep_TellsTheLimit()
    {
        string longest = "amount > 5" + new string(' ', RuleLimits.MaximumLength - 10);
        Assert.Equal("none", Sample.ErrorOf(longest));
        Assert.Equal(
            "At character 2001: found 2001 characters, expected at most 2000. Make several rules of it.", Sample.ErrorOf(longest + " "));
        Assert.Equal("none", Sample.ErrorOf(Nested("(", ")", RuleLimits.MaximumDepth)));
        Assert.Equal(
            "At character 34: found more than 32 parentheses, 'not' and signs within each other, expected at most 32. "
            + "Make several rules of it.",
            Sample.ErrorOf(Nested("(", ")", RuleLimits.MaximumDepth + 1)));
        Assert.Equal("none", Sample.ErrorOf(Nested("not ", "", RuleLimits.MaximumDepth)));
        Assert.Contains("more than 32", Sample.ErrorOf(Nested("not ", "", RuleLimits.MaximumDepth + 1)), StringComparison.Ordinal);
        Assert.Contains("more than 32", Sample.ErrorOf($"{Nested("-", "", RuleLimits.MaximumDepth, "1")} = {Nested("-", "", 33, "1")}"), StringComparison.Ordinal);
    }

    private static string Nested(string open, string close, int depth, string core = "is_weekend") =>
        string.Concat(Enumerable.Repeat(open, depth)) + core + string.Concat(Enumerable.Repeat(close, depth));
}
