using Ecart.Rules.Syntax;

namespace Ecart.Rules.Compilation;

/// <summary>Checks types and turns an expression into delegates that call each other. One compilation each.</summary>
internal sealed class RuleCompiler<TContext>(RuleFields<TContext> fields, RuleWindowPlan? windows)
    where TContext : allows ref struct
{
    public RuleFields<TContext> Fields => fields;

    /// <summary>Takes the windows that the expression asks for; null where it must not ask for any.</summary>
    public RuleWindowPlan? Windows => windows;

    /// <summary>A part that is true, false or unknown.</summary>
    public RuleValue<TContext, Truth> Condition(RuleNode node)
    {
        Require(node, RuleType.Condition);
        switch (node)
        {
            case TruthNode literal:
                Truth truth = TruthOf.Known(literal.Value);
                return (in TContext _) => truth;
            case FieldNode:
                RuleValue<TContext, bool?> read = ((ConditionField<TContext>)Field(node)).Read;
                return (in TContext context) => TruthOf.Value(read(in context));
            case LogicNode logic:
                return LogicCompiler.Join(logic.IsAnd, [.. logic.Parts.Select(Condition)]);
            case NotNode not:
                return LogicCompiler.Not(Condition(not.Operand));
            case IsNullNode test:
                return IsNull(test.Operand);
            case CallNode call:
                return FunctionCompiler<TContext>.Condition(call, this);
            default:
                return new ComparisonCompiler<TContext>(this).Compile(node);
        }
    }

    /// <summary>A part that is a number; NaN is null.</summary>
    public RuleValue<TContext, double> Number(RuleNode node)
    {
        Require(node, RuleType.Number);
        switch (node)
        {
            case NumberNode literal:
                if (!double.IsFinite(literal.Value)) throw Mistake(node, "a number too large", "at most 1.7e308");
                return (in TContext _) => literal.Value;
            case FieldNode:
                RuleValue<TContext, double> read = ((NumberField<TContext>)Field(node)).Read;
                return (in TContext context) => ArithmeticCompiler.Finite(read(in context));
            case CallNode call:
                return FunctionCompiler<TContext>.Number(call, this);
            case NegateNode negate:
                RuleValue<TContext, double> operand = Number(negate.Operand);
                return (in TContext context) => -operand(in context);
            default:
                var arithmetic = (ArithmeticNode)node;
                return ArithmeticCompiler.Chain(
                    Number(arithmetic.First), [.. arithmetic.Steps.Select(step => (step.Operator, Number(step.Operand)))]);
        }
    }

    /// <summary>A part that is a text or null.</summary>
    public RuleValue<TContext, string?> Text(RuleNode node)
    {
        Require(node, RuleType.Text);
        if (node is TextNode literal) return (in TContext _) => literal.Value;
        if (node is CallNode call) return FunctionCompiler<TContext>.Text(call, this);
        return ((TextField<TContext>)Field(node)).Read;
    }

    /// <summary>The type that a part has by its form; its own parts are checked when it is compiled.</summary>
    public RuleType TypeOf(RuleNode node) => node switch
    {
        NumberNode or NegateNode or ArithmeticNode => RuleType.Number,
        TextNode => RuleType.Text,
        FieldNode => Field(node).Type,
        CallNode call => FunctionCompiler<TContext>.TypeOf(call, this),
        SpanNode => throw Mistake(node, RuleDescription.Of(node, RuleType.Number), "a number, a text or a condition", "Spans of time stand in windows: count(account, 1h)."),
        _ => RuleType.Condition,
    };

    /// <summary>The form of a text field's values; null where any text can occur.</summary>
    public TextForm? FormOf(RuleNode node) => node is FieldNode && Field(node) is TextField<TContext> field ? field.Form : null;

    /// <summary>An error at a part.</summary>
    public static RuleTypeException Mistake(RuleNode node, string found, string expected, string suggestion = "") =>
        new(new RuleError(node.Offset + 1, found, expected, suggestion));

    private void Require(RuleNode node, RuleType type)
    {
        if (TypeOf(node) != type) throw Mistake(node, RuleDescription.Of(node, TypeOf(node)), RuleDescription.Of(type));
    }

    public RuleField<TContext> Field(RuleNode node)
    {
        string name = ((FieldNode)node).Name;
        return fields.TryFind(name, out RuleField<TContext>? field)
            ? field
            : throw Mistake(node, $"'{name}'", $"a field of {fields.Domain}", fields.Suggest(name).TrimStart());
    }

    private RuleValue<TContext, Truth> IsNull(RuleNode operand)
    {
        switch (TypeOf(operand))
        {
            case RuleType.Number:
                RuleValue<TContext, double> number = Number(operand);
                return (in TContext context) => TruthOf.Known(double.IsNaN(number(in context)));
            case RuleType.Text:
                RuleValue<TContext, string?> text = Text(operand);
                return (in TContext context) => TruthOf.Known(text(in context) is null);
            default:
                RuleValue<TContext, Truth> condition = Condition(operand);
                return (in TContext context) => TruthOf.Known(condition(in context) == Truth.Unknown);
        }
    }
}
