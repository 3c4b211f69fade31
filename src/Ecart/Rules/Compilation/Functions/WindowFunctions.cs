using Ecart.Events.Decoding;
using Ecart.Rules.Syntax;

namespace Ecart.Rules.Compilation;

/// <summary>Windows over the earlier events of an entity: each is entered into the plan, and its value is read by its position there.</summary>
internal static class WindowFunctions<TContext>
    where TContext : allows ref struct
{
    public static RuleValue<TContext, double> Number(string name, CallNode call, RuleCompiler<TContext> parts)
    {
        RuleWindowSource<TContext> source = parts.Fields.Windows
            ?? throw RuleCompiler<TContext>.Mistake(call, $"'{call.Name}('", $"no window, which {parts.Fields.Domain} keeps none of");
        RuleWindowPlan plan = parts.Windows
            ?? throw RuleCompiler<TContext>.Mistake(
                call, $"'{call.Name}('", "no window", "Windows stand in rules of the domain: make one and ask for its alerts.");
        RuleValue<TContext, double[]?> values = source.Values;
        int position = plan.Add(WindowOf(name, call, source, parts));
        return (in TContext context) => values(in context) is { } known && position < known.Length ? known[position] : double.NaN;
    }

    private static RuleWindow WindowOf(string name, CallNode call, RuleWindowSource<TContext> source, RuleCompiler<TContext> parts)
    {
        TimeSpan length = LengthOf(call.Arguments[1]);
        if (name == "count") return new(RuleWindowKind.Count, NameOf(call.Arguments[0], source.Entities, "an entity", parts), null, length);

        string field = NameOf(call.Arguments[0], source.Fields, "a field of the event", parts);
        string entity = call.Arguments.Count > 2 ? NameOf(call.Arguments[2], source.Entities, "an entity", parts) : source.Primary;
        RuleWindowKind kind = name switch
        {
            "distinct" => RuleWindowKind.Distinct,
            "sum" => RuleWindowKind.Sum,
            "average" => RuleWindowKind.Average,
            _ => RuleWindowKind.Largest,
        };
        RuleType type = parts.TypeOf(call.Arguments[0]);
        bool isOfType = kind == RuleWindowKind.Distinct ? type != RuleType.Condition : type == RuleType.Number;
        return isOfType
            ? new(kind, entity, field, length)
            : throw RuleCompiler<TContext>.Mistake(
                call.Arguments[0], RuleDescription.Of(call.Arguments[0], type), kind == RuleWindowKind.Distinct ? "a number or a text" : "a number");
    }

    private static string NameOf(RuleNode node, IReadOnlyList<string> allowed, string what, RuleCompiler<TContext> parts)
    {
        string expected = $"{what}: {string.Join(", ", allowed)}";
        if (node is not FieldNode field) throw RuleCompiler<TContext>.Mistake(node, FunctionCompiler<TContext>.Describe(node), expected);
        string? found = allowed.FirstOrDefault(name => string.Equals(name, field.Name, StringComparison.OrdinalIgnoreCase));
        if (found is not null) return parts.Field(node).Name;
        throw RuleCompiler<TContext>.Mistake(node, $"'{field.Name}'", expected, NameSuggestion.For(field.Name, allowed).TrimStart());
    }

    private static TimeSpan LengthOf(RuleNode node)
    {
        if (node is not SpanNode span)
            throw RuleCompiler<TContext>.Mistake(node, FunctionCompiler<TContext>.Describe(node), "a span of time such as 30s, 5m, 1h or 7d");
        bool isInRange = span.Value > TimeSpan.Zero && span.Value <= TimeSpan.FromDays(RuleLimits.MaximumWindowDays);
        return isInRange
            ? span.Value
            : throw RuleCompiler<TContext>.Mistake(node, RuleDescription.Of(node, RuleType.Number), $"1s to {RuleLimits.MaximumWindowDays}d");
    }
}
