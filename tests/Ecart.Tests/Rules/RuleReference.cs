using Ecart.Rules.Syntax;

namespace Ecart.Tests.Rules;

/// <summary>The meaning of the language by walking the tree with nullable values: slow and plain, to compare with.</summary>
internal static class RuleReference
{
    public static bool? Condition(RuleNode node, in Sample sample)
    {
        switch (node)
        {
            case TruthNode truth: return truth.Value;
            case FieldNode field: return field.Name == "is_weekend" ? sample.F : sample.G;
            case NotNode not: return !Condition(not.Operand, in sample);
            case LogicNode logic:
                bool? joined = logic.IsAnd;
                foreach (RuleNode part in logic.Parts)
                    joined = logic.IsAnd ? joined & Condition(part, in sample) : joined | Condition(part, in sample);
                return joined;
            case CompareNode compare: return Compare(compare.Operator, compare.Left, compare.Right, in sample);
            case BetweenNode between:
                return Compare(RuleOperator.GreaterOrEqual, between.Operand, between.Low, in sample)
                    & Compare(RuleOperator.LessOrEqual, between.Operand, between.High, in sample);
            case InNode test:
                bool? found = false;
                foreach (RuleNode item in test.Items) found |= Compare(RuleOperator.Equal, test.Operand, item, in sample);
                return found;
            case TextTestNode test:
                string? text = Text(test.Operand, in sample);
                string? part2 = Text(test.Argument, in sample);
                if (text is null || part2 is null) return null;
                return test.IsPrefix ? text.AsSpan().StartsWith(part2) : text.AsSpan().IndexOf(part2) >= 0;
            case IsNullNode test: return IsNull(test.Operand, in sample);
            default: throw new ArgumentException(node.ToString(), nameof(node));
        }
    }

    private static bool IsNumber(RuleNode node) =>
        node is NumberNode or NegateNode or ArithmeticNode or FieldNode { Name: "amount" or "hour" };

    private static bool IsText(RuleNode node) => node is TextNode or FieldNode { Name: "city" or "channel" };

    private static bool IsNull(RuleNode node, in Sample sample)
    {
        if (IsNumber(node)) return Number(node, in sample) is null;
        return IsText(node) ? Text(node, in sample) is null : Condition(node, in sample) is null;
    }

    private static bool? Compare(RuleOperator comparison, RuleNode left, RuleNode right, in Sample sample)
    {
        int order;
        if (IsNumber(left))
        {
            if (Number(left, in sample) is not { } first || Number(right, in sample) is not { } second) return null;
            order = first < second ? -1 : first > second ? 1 : 0;
        }
        else if (IsText(left))
        {
            if (Text(left, in sample) is not { } first || Text(right, in sample) is not { } second) return null;
            order = string.CompareOrdinal(first, second);
        }
        else
        {
            if (Condition(left, in sample) is not { } first || Condition(right, in sample) is not { } second) return null;
            order = first.CompareTo(second);
        }

        return comparison switch
        {
            RuleOperator.Equal => order == 0,
            RuleOperator.NotEqual => order != 0,
            RuleOperator.Less => order < 0,
            RuleOperator.LessOrEqual => order <= 0,
            RuleOperator.Greater => order > 0,
            _ => order >= 0,
        };
    }

    private static string? Text(RuleNode node, in Sample sample) =>
        node is TextNode text ? text.Value : ((FieldNode)node).Name == "city" ? sample.S : sample.T;

    private static double? Number(RuleNode node, in Sample sample)
    {
        switch (node)
        {
            case NumberNode number: return number.Value;
            case FieldNode field: return Finite(field.Name == "amount" ? sample.A : sample.B);
            case NegateNode negate: return -Number(negate.Operand, in sample);
            default:
                var arithmetic = (ArithmeticNode)node;
                double? result = Number(arithmetic.First, in sample);
                foreach (ArithmeticStep step in arithmetic.Steps)
                {
                    double? value = Number(step.Operand, in sample);
                    result = Finite(step.Operator switch
                    {
                        '+' => result + value,
                        '-' => result - value,
                        '*' => result * value,
                        _ => result / value,
                    });
                }

                return result;
        }
    }

    private static double? Finite(double? value) => value is { } known && double.IsFinite(known) ? known : null;
}
