using Parlot.Fluent;
using static Parlot.Fluent.Parsers;

namespace Ecart.Rules.Syntax;

/// <summary>
/// The grammar, from the loosest binding to the tightest: or, and, not, one comparison, + and -, * and /, sign, value. Alternatives differ
/// in their first token, so the time that a parse takes grows with the length of the text alone.
/// </summary>
internal static class RuleGrammar
{
    /// <summary>An expression, which may end before the text does.</summary>
    public static Parser<RuleNode> Expression { get; } = Build();

    private static Deferred<RuleNode> Build()
    {
        Deferred<RuleNode> expression = Deferred<RuleNode>();
        Deferred<RuleNode> negation = Deferred<RuleNode>();
        Parser<RuleNode> comparison = ComparisonGrammar.Over(ValueGrammar.Around(new NestedParser(expression)));
        negation.Parser = OneOf(
            TokenParser.Word("not", ValueGrammar.Expectation).And(new NestedParser(negation))
                .Then<RuleNode>(static found => new NotNode(found.Item1.Offset, found.Item2)),
            comparison);
        expression.Parser = Joined("or", Joined("and", negation));
        return expression;
    }

    private static Parser<RuleNode> Joined(string word, Parser<RuleNode> part) =>
        part.And(ZeroOrMany(TokenParser.Word(word, $"'{word}'").And(part)))
            .Then(found => found.Item2.Count == 0
                ? found.Item1
                : new LogicNode(
                    found.Item2[0].Item1.Offset, word == "and", [found.Item1, .. found.Item2.Select(static other => other.Item2)]));
}
