using Parlot.Fluent;
using static Parlot.Fluent.Parsers;

namespace Ecart.Rules.Syntax;

/// <summary>A value, compared at most once.</summary>
internal static class ComparisonGrammar
{
    private const string Expectation = "a comparison (=, !=, <, <=, >, >=, between, in, starts with, contains, is null)";

    /// <summary>Comparisons of values.</summary>
    public static Parser<RuleNode> Over(Parser<RuleNode> value)
    {
        Parser<Func<RuleNode, RuleNode>> test = OneOf(Between(value), In(value), TextTest(value));
        Parser<Func<RuleNode, RuleNode>> comparison = OneOf(
            Compare(value),
            test,
            Word("not").And(test).Then<Func<RuleNode, RuleNode>>(
                static found => operand => new NotNode(found.Item1.Offset, found.Item2(operand))),
            IsNull());
        return value.And(OneOf(comparison, Always<Func<RuleNode, RuleNode>>(static operand => operand)))
            .Then(static found => found.Item2(found.Item1));
    }

    /// <summary>Longer signs first, so that none is taken for the beginning of another.</summary>
    private static Parser<Func<RuleNode, RuleNode>> Compare(Parser<RuleNode> value) =>
        OneOf(Sign("<="), Sign(">="), Sign("!="), Sign("<>"), Sign("="), Sign("<"), Sign(">")).And(value)
            .Then<Func<RuleNode, RuleNode>>(
                static found => left => new CompareNode(found.Item1.Offset, OperatorOf(found.Item1.Text), left, found.Item2));

    private static Parser<Func<RuleNode, RuleNode>> Between(Parser<RuleNode> value) =>
        Word("between").And(value).AndSkip(TokenParser.Word("and", "'and'")).And(value)
            .Then<Func<RuleNode, RuleNode>>(
                static found => operand => new BetweenNode(found.Item1.Offset, operand, found.Item2, found.Item3));

    private static Parser<Func<RuleNode, RuleNode>> In(Parser<RuleNode> value) =>
        Word("in").AndSkip(TokenParser.Sign("(", "'('")).And(Separated(TokenParser.Sign(",", "','"), value))
            .AndSkip(TokenParser.Sign(")", "')'"))
            .Then<Func<RuleNode, RuleNode>>(static found => operand => new InNode(found.Item1.Offset, operand, found.Item2));

    private static Parser<Func<RuleNode, RuleNode>> TextTest(Parser<RuleNode> value) =>
        OneOf(Word("starts").AndSkip(TokenParser.Word("with", "'with'")), Word("contains")).And(value)
            .Then<Func<RuleNode, RuleNode>>(static found =>
            {
                bool isPrefix = RuleWords.AreEqual(found.Item1.Text, "starts");
                return operand => new TextTestNode(found.Item1.Offset, isPrefix, operand, found.Item2);
            });

    private static Parser<Func<RuleNode, RuleNode>> IsNull()
    {
        Parser<RuleToken> missing = TokenParser.Word("null", "'null'");
        return Word("is").And(OneOf(
            missing.Then<Func<RuleNode, RuleNode>>(static token => operand => new IsNullNode(token.Offset, operand)),
            TokenParser.Word("not", "'not null'").And(missing).Then<Func<RuleNode, RuleNode>>(
                static found => operand => new NotNode(found.Item1.Offset, new IsNullNode(found.Item2.Offset, operand)))))
            .Then(static found => found.Item2);
    }

    private static RuleOperator OperatorOf(string sign) => sign switch
    {
        "=" => RuleOperator.Equal,
        "<" => RuleOperator.Less,
        "<=" => RuleOperator.LessOrEqual,
        ">" => RuleOperator.Greater,
        ">=" => RuleOperator.GreaterOrEqual,
        _ => RuleOperator.NotEqual,
    };

    private static TokenParser Sign(string sign) => TokenParser.Sign(sign, Expectation);

    private static TokenParser Word(string word) => TokenParser.Word(word, Expectation);
}
