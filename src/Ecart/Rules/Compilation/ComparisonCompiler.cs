using Ecart.Rules.Syntax;

namespace Ecart.Rules.Compilation;

/// <summary>Checks and compiles comparisons. Texts are compared character by character: upper and lower case differ.</summary>
internal sealed class ComparisonCompiler<TContext>(RuleCompiler<TContext> parts)
    where TContext : allows ref struct
{
    public RuleValue<TContext, Truth> Compile(RuleNode node) => node switch
    {
        CompareNode compare => Compare(compare.Operator, compare.Left, [compare.Right])[0],
        BetweenNode between => Between(parts.Number(between.Operand), between),
        InNode test => LogicCompiler.Join(isAnd: false, Compare(RuleOperator.Equal, test.Operand, test.Items)),
        TextTestNode test => TextTest(test.IsPrefix, parts.Text(test.Operand), parts.Text(test.Argument)),
        _ => throw new ArgumentException($"{node.GetType().Name} is no comparison.", nameof(node)),
    };

    /// <summary>The operand, compiled once, against each of the others.</summary>
    private RuleValue<TContext, Truth>[] Compare(RuleOperator comparison, RuleNode operand, IReadOnlyList<RuleNode> others)
    {
        bool isEquality = comparison is RuleOperator.Equal or RuleOperator.NotEqual;
        RuleType type = isEquality ? parts.TypeOf(operand) : RuleType.Number;
        if (type == RuleType.Number)
        {
            RuleValue<TContext, double> number = parts.Number(operand);
            return [.. others.Select(other => Numbers(comparison, number, parts.Number(other)))];
        }

        RuleValue<TContext, Truth>[] equal;
        if (type == RuleType.Text)
        {
            RuleValue<TContext, string?> text = parts.Text(operand);
            equal = [.. others.Select(other => Texts(text, operand, other))];
        }
        else
        {
            RuleValue<TContext, Truth> condition = parts.Condition(operand);
            equal = [.. others.Select(other => Conditions(condition, parts.Condition(other)))];
        }

        return comparison == RuleOperator.Equal ? equal : [.. equal.Select(LogicCompiler.Not)];
    }

    private RuleValue<TContext, Truth> Between(RuleValue<TContext, double> operand, BetweenNode node) => LogicCompiler.Join(
        isAnd: true,
        [
            Numbers(RuleOperator.GreaterOrEqual, operand, parts.Number(node.Low)),
            Numbers(RuleOperator.LessOrEqual, operand, parts.Number(node.High)),
        ]);

    private RuleValue<TContext, Truth> Texts(RuleValue<TContext, string?> left, RuleNode operand, RuleNode other)
    {
        RuleValue<TContext, string?> right = parts.Text(other);
        CheckForm(parts.FormOf(operand), other);
        CheckForm(parts.FormOf(other), operand);
        return (in TContext context) => left(in context) is { } first && right(in context) is { } second
            ? TruthOf.Known(string.Equals(first, second, StringComparison.Ordinal))
            : Truth.Unknown;
    }

    private static void CheckForm(TextForm? form, RuleNode node)
    {
        if (form is null || node is not TextNode text || form.Accepts(text.Value)) return;
        throw RuleCompiler<TContext>.Mistake(node, $"the text '{text.Value}'", form.Expected, form.Suggest(text.Value));
    }

    private static RuleValue<TContext, Truth> Conditions(RuleValue<TContext, Truth> left, RuleValue<TContext, Truth> right) =>
        (in TContext context) =>
        {
            Truth first = left(in context);
            Truth second = right(in context);
            return first == Truth.Unknown || second == Truth.Unknown ? Truth.Unknown : TruthOf.Known(first == second);
        };

    private static RuleValue<TContext, Truth> TextTest(
        bool isPrefix, RuleValue<TContext, string?> operand, RuleValue<TContext, string?> argument) =>
        (in TContext context) =>
        {
            if (operand(in context) is not { } text || argument(in context) is not { } part) return Truth.Unknown;
            return TruthOf.Known(isPrefix ? text.StartsWith(part, StringComparison.Ordinal) : text.Contains(part, StringComparison.Ordinal));
        };

    private static RuleValue<TContext, Truth> Numbers(
        RuleOperator comparison, RuleValue<TContext, double> left, RuleValue<TContext, double> right) =>
        (in TContext context) =>
        {
            double first = left(in context);
            double second = right(in context);
            return TruthOf.Numbers(first, second, comparison switch
            {
                RuleOperator.Equal => first == second,
                RuleOperator.NotEqual => first != second,
                RuleOperator.Less => first < second,
                RuleOperator.LessOrEqual => first <= second,
                RuleOperator.Greater => first > second,
                _ => first >= second,
            });
        };
}
