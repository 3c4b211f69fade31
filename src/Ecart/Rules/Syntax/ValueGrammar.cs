using System.Globalization;
using Parlot.Fluent;
using static Parlot.Fluent.Parsers;

namespace Ecart.Rules.Syntax;

/// <summary>Values and what is calculated from them: * and / bind tighter than + and -, a sign tighter than both.</summary>
internal static class ValueGrammar
{
    /// <summary>What is expected where a value could stand.</summary>
    public const string Expectation = "a field, a number, a 'text' or '('";

    private const string Calculation = "a calculation (+, -, *, /)";

    /// <summary>Calculations over literals, fields and <paramref name="nested"/> in parentheses.</summary>
    public static Parser<RuleNode> Around(Parser<RuleNode> nested)
    {
        Parser<RuleNode> single = OneOf(Literal(), Call(nested), Field(), Between(Sign("("), nested, TokenParser.Sign(")", "')'")));
        Deferred<RuleNode> signed = Deferred<RuleNode>();
        signed.Parser = OneOf(
            Sign("-").And(new NestedParser(signed)).Then<RuleNode>(static found => new NegateNode(found.Item1.Offset, found.Item2)),
            single);
        return Calculated(Calculated(signed, "*", "/"), "+", "-");
    }

    private static Parser<RuleNode> Literal() => OneOf(
        new TokenParser(Expectation, RuleScan.Number)
            .Then<RuleNode>(static token => new NumberNode(token.Offset, double.Parse(token.Text, CultureInfo.InvariantCulture))),
        new TokenParser(Expectation, RuleScan.Text)
            .Then<RuleNode>(static token => new TextNode(token.Offset, token.Text[1..^1].Replace("''", "'", StringComparison.Ordinal))),
        Word("true").Then<RuleNode>(static token => new TruthNode(token.Offset, true)),
        Word("false").Then<RuleNode>(static token => new TruthNode(token.Offset, false)));

    /// <summary>A name, a parenthesis and arguments, if any: spans of time or whatever may stand in parentheses.</summary>
    private static Parser<RuleNode> Call(Parser<RuleNode> nested)
    {
        Parser<RuleNode> span = new TokenParser(Expectation, RuleScan.Span)
            .Then<RuleNode>(static token => new SpanNode(token.Offset, SpanOf(token.Text), token.Text));
        Parser<RuleToken> end = TokenParser.Sign(")", "')'");
        Parser<IReadOnlyList<RuleNode>> arguments = OneOf(
            end.Then<IReadOnlyList<RuleNode>>(static _ => []),
            Separated(TokenParser.Sign(",", "','"), OneOf(span, nested)).AndSkip(end));
        return new TokenParser(Expectation, RuleScan.Call).And(arguments)
            .Then<RuleNode>(static found => new CallNode(found.Item1.Offset, found.Item1.Text[..^1].TrimEnd(), found.Item2));
    }

    private static TimeSpan SpanOf(string text)
    {
        double seconds = double.Parse(text[..^1], CultureInfo.InvariantCulture) * char.ToLowerInvariant(text[^1]) switch
        {
            's' => 1,
            'm' => 60,
            'h' => 3600,
            _ => 86_400,
        };
        return seconds < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(seconds) : TimeSpan.MaxValue;
    }

    private static Parser<RuleNode> Field() => new TokenParser(
        Expectation,
        static text => RuleScan.Word(text) is var length && RuleWords.IsReserved(text[..length].ToString()) ? 0 : length)
        .Then<RuleNode>(static token => new FieldNode(token.Offset, token.Text));

    private static Parser<RuleNode> Calculated(Parser<RuleNode> part, string first, string second) =>
        part.And(ZeroOrMany(OneOf(TokenParser.Sign(first, Calculation), TokenParser.Sign(second, Calculation)).And(part)))
            .Then(static found => found.Item2.Count == 0
                ? found.Item1
                : new ArithmeticNode(
                    found.Item2[0].Item1.Offset,
                    found.Item1,
                    [.. found.Item2.Select(static step => new ArithmeticStep(step.Item1.Text[0], step.Item2))]));

    private static TokenParser Sign(string sign) => TokenParser.Sign(sign, Expectation);

    private static TokenParser Word(string word) => TokenParser.Word(word, Expectation);
}
