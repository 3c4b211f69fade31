using CsCheck;
using Ecart.Rules.Syntax;

namespace Ecart.Tests.Rules;

/// <summary>Random trees of the language, and how each is written.</summary>
internal static class RuleGenerator
{
    private static readonly Gen<RuleNode> Number = Gen.OneOf(
        Gen.Int[0, 6].Select(value => (RuleNode)new NumberNode(0, value)),
        Gen.OneOf("amount", "hour").Select(name => (RuleNode)new FieldNode(0, name)));

    private static readonly Gen<RuleNode> Text = Gen.OneOf(
        Gen.OneOf("", "a", "ab", "b'", "Ab").Select(value => (RuleNode)new TextNode(0, value)),
        Gen.Const((RuleNode)new FieldNode(0, "city")));

    public static Gen<RuleNode> Conditions(int depth)
    {
        Gen<RuleNode> leaf = Gen.OneOf(
            Gen.Bool.Select(value => (RuleNode)new TruthNode(0, value)),
            Gen.OneOf("is_weekend", "is_known").Select(name => (RuleNode)new FieldNode(0, name)));
        if (depth == 0) return leaf;

        Gen<RuleNode> part = Conditions(depth - 1);
        Gen<RuleNode> number = Numbers(depth - 1);
        return Gen.OneOf(
            leaf,
            part.Select(operand => (RuleNode)new NotNode(0, operand)),
            Gen.Select(Gen.Bool, part.List[2, 3], (isAnd, parts) => (RuleNode)new LogicNode(0, isAnd, parts)),
            Gen.Select(Gen.Enum<RuleOperator>(), number, number, (comparison, left, right) => (RuleNode)new CompareNode(0, comparison, left, right)),
            Gen.Select(Equality, Text, Text, (comparison, left, right) => (RuleNode)new CompareNode(0, comparison, left, right)),
            Gen.Select(Equality, part, part, (comparison, left, right) => (RuleNode)new CompareNode(0, comparison, left, right)),
            Gen.Select(number, number, number, (operand, low, high) => (RuleNode)new BetweenNode(0, operand, low, high)),
            Gen.Select(number, number.List[1, 4], (operand, items) => (RuleNode)new InNode(0, operand, items)),
            Gen.Select(Text, Text.List[1, 4], (operand, items) => (RuleNode)new InNode(0, operand, items)),
            Gen.Select(Gen.Bool, Text, Text, (isPrefix, operand, argument) => (RuleNode)new TextTestNode(0, isPrefix, operand, argument)),
            Gen.OneOf(number, Text, part).Select(operand => (RuleNode)new IsNullNode(0, operand)));
    }

    /// <summary>The tree as a text, every part in parentheses, or only where precedence needs them.</summary>
    public static string Write(RuleNode node, bool isSparing)
    {
        return node switch
        {
            NumberNode number => $"{number.Value:R}",
            TextNode text => $"'{text.Value.Replace("'", "''", StringComparison.Ordinal)}'",
            TruthNode truth => truth.Value ? "true" : "FALSE",
            FieldNode field => field.Name,
            NotNode not => "not " + Part(not.Operand, 3),
            LogicNode logic => string.Join(logic.IsAnd ? " and " : " Or ", logic.Parts.Select(part => Part(part, logic.IsAnd ? 3 : 2))),
            CompareNode compare => $"{Part(compare.Left, 5)}{Sign(compare.Operator)}{Part(compare.Right, 5)}",
            BetweenNode between => $"{Part(between.Operand, 5)} between {Part(between.Low, 5)} and {Part(between.High, 5)}",
            InNode test => $"{Part(test.Operand, 5)} in ({string.Join(",", test.Items.Select(item => Part(item, 5)))})",
            TextTestNode test => $"{Part(test.Operand, 5)} {(test.IsPrefix ? "starts with" : "contains")} {Part(test.Argument, 5)}",
            IsNullNode test => $"{Part(test.Operand, 5)} is null",
            NegateNode negate => "-" + Part(negate.Operand, 7),
            ArithmeticNode sum => Part(sum.First, Level(sum)) + string.Concat(
                sum.Steps.Select(step => $" {step.Operator} {Part(step.Operand, Level(sum) + 1)}")),
            _ => throw new ArgumentException(node.ToString(), nameof(node)),
        };

        string Part(RuleNode part, int atLeast)
        {
            string text = Write(part, isSparing);
            return isSparing && Level(part) >= atLeast ? text : $"({text})";
        }
    }

    private static Gen<RuleOperator> Equality => Gen.OneOf(RuleOperator.Equal, RuleOperator.NotEqual);

    private static Gen<RuleNode> Numbers(int depth)
    {
        if (depth == 0) return Number;
        Gen<RuleNode> part = Numbers(depth - 1);
        return Gen.OneOf(
            Number,
            part.Select(operand => (RuleNode)new NegateNode(0, operand)),
            Chain(part, '+', '-'),
            Chain(part, '*', '/'));
    }

    private static Gen<RuleNode> Chain(Gen<RuleNode> part, char first, char second) => Gen.Select(
        part,
        Gen.Select(Gen.OneOf(first, second), part, (symbol, operand) => new ArithmeticStep(symbol, operand)).List[1, 3],
        (start, steps) => (RuleNode)new ArithmeticNode(0, start, steps));

    /// <summary>How tightly a part binds: or 1, and 2, not 3, comparison 4, + and - 5, * and / 6, sign 7, value 8.</summary>
    private static int Level(RuleNode node) => node switch
    {
        LogicNode logic => logic.IsAnd ? 2 : 1,
        NotNode => 3,
        ArithmeticNode sum => sum.Steps[0].Operator is '+' or '-' ? 5 : 6,
        NegateNode => 7,
        NumberNode or TextNode or TruthNode or FieldNode => 8,
        _ => 4,
    };

    private static string Sign(RuleOperator comparison) => comparison switch
    {
        RuleOperator.Equal => "=",
        RuleOperator.NotEqual => "<>",
        RuleOperator.Less => "<",
        RuleOperator.LessOrEqual => "<=",
        RuleOperator.Greater => ">",
        _ => ">=",
    };
}
