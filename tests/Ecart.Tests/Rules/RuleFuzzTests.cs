using CsCheck;
using Ecart.Rules;
using Ecart.Rules.Syntax;
using Xunit;

namespace Ecart.Tests.Rules;

/// <summary>No text harms: each compiles and runs, or gives an error within it. Run on a small stack, which an overflow would end.</summary>
public sealed class RuleFuzzTests
{
    private const int StackBytes = 512 * 1024;

    private static readonly string[] Pieces =
    [
        "and", "or", "not", "between", "in", "starts", "with", "contains", "is", "null", "true", "false", "amount", "hour", "city", "channel",
        "is_weekend", "(", "(", "(", ")", ")", ",", "=", "!=", "<", "<=", ">", ">=", "<>", "+", "-", "*", "/", "0", "1", "2.5", "1e308", "1e999",
        "'a'", "''", "'", "\"", "\0", "\uD83D", "é", ";", "%", "--", "amuont", " ", "\n",
    ];

    [Fact]
    public void Compile_RandomPieces_NeverFailsOtherwiseThanByAnError() => OnSmallStack(() =>
    {
        IEnumerable<List<string>> samples = SeededSamples.Of(Gen.OneOf(Pieces).List[0, 40], seed: 1, count: 50_000);
        Assert.InRange(samples.Count(pieces => Try(string.Join(" ", pieces))), 1, 49_999);
    });

    [Fact]
    public void Compile_RandomCharacters_NeverFailsOtherwiseThanByAnError() => OnSmallStack(() =>
    {
        foreach (string text in SeededSamples.Of(Gen.String[0, 60], seed: 2, count: 50_000)) Try(text);
    });

    [Fact]
    public void Compile_CutOrChangedRule_NeverFailsOtherwiseThanByAnError() => OnSmallStack(() =>
    {
        var changes = Gen.Select(RuleGenerator.Conditions(4), Gen.Int[0, 2000], Gen.OneOf(Pieces));
        foreach ((RuleNode tree, int place, string piece) in SeededSamples.Of(changes, seed: 3, count: 5_000))
        {
            string text = RuleGenerator.Write(tree, isSparing: true);
            int at = place % (text.Length + 1);
            Try(text[..at]);
            Try(text.Insert(at, piece));
        }
    });

    /// <summary>As much of one thing as fits: a parser that tried alternatives anew at every level would never end.</summary>
    [Theory]
    [InlineData("(", "")]
    [InlineData("not ", "")]
    [InlineData("-", "1 = 1")]
    [InlineData("not(", "")]
    [InlineData("(-", "")]
    [InlineData("1=(", "")]
    [InlineData("amount in (", "")]
    [InlineData("hour between (", "")]
    [InlineData("(amount > ", "")]
    [InlineData("1+", "1 = 1")]
    [InlineData("true or ", "true")]
    [InlineData("true and not ", "true")]
    [InlineData("1*1-", "1 = 1")]
    [InlineData("'a' contains 'a' and ", "true")]
    [InlineData("''''", "")]
    [InlineData("a", " > 1")]
    [InlineData("9", " > 1")]
    [InlineData("is not null ", "")]
    [InlineData("\n", "true")]
    public void Compile_LongRepetition_Ends(string piece, string end)
    {
        string repeated = string.Concat(Enumerable.Repeat(piece, RuleLimits.MaximumLength));
        int length = (RuleLimits.MaximumLength - end.Length) / piece.Length * piece.Length;
        OnSmallStack(() => Try(repeated[..length] + end));
        OnSmallStack(() => Try(repeated + end));
    }

    [Fact]
    public void Compile_ListOfManyItems_ComparesThemAll()
    {
        string rule = $"amount * 1 + 0 in ({string.Join(",", Enumerable.Repeat("0", 900))}, 7)";
        var sample = new Sample { A = 7 };
        Assert.True(Sample.Compile(rule).Matches(in sample));
    }

    private static bool Try(string text)
    {
        if (!Sample.Fields.TryCompile(text, out RuleExpression<Sample>? rule, out RuleError? error))
        {
            Assert.InRange(error.Position, 1, Math.Min(text.Length, RuleLimits.MaximumLength) + 1);
            Assert.NotEmpty(error.Found);
            Assert.NotEmpty(error.Expected);
            return false;
        }

        var sample = new Sample { A = 2.5, B = double.NaN, S = "a", T = null, F = true };
        _ = rule.Matches(in sample);
        return true;
    }

    private static void OnSmallStack(Action action)
    {
        Exception? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    action();
                }
                catch (Exception exception)
                {
                    failure = exception;
                }
            },
            StackBytes);
        thread.Start();
        thread.Join();
        if (failure is not null) throw new InvalidOperationException("On a small stack: " + failure.Message, failure);
    }
}
