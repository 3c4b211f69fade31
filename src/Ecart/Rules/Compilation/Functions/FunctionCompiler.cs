using Ecart.Events.Decoding;
using Ecart.Rules.Syntax;

namespace Ecart.Rules.Compilation;

/// <summary>Checks and compiles calls of functions. What they take is fixed when they are compiled wherever that is possible.</summary>
internal static class FunctionCompiler<TContext>
    where TContext : allows ref struct
{
    private const string Coalesce = "coalesce";

    public static RuleType TypeOf(CallNode call, RuleCompiler<TContext> parts)
    {
        RuleFunction function = Find(call);
        if (function.Name != Coalesce) return function.Type == "truth" ? RuleType.Condition : RuleType.Number;
        CheckCount(call, function);
        RuleType type = parts.TypeOf(call.Arguments[0]);
        return type == RuleType.Condition
            ? throw RuleCompiler<TContext>.Mistake(call.Arguments[0], RuleDescription.Of(call.Arguments[0], type), "a number or a text")
            : type;
    }

    public static RuleValue<TContext, Truth> Condition(CallNode call, RuleCompiler<TContext> parts)
    {
        RuleFunction function = Find(call);
        CheckCount(call, function);
        return function.Name switch
        {
            "same_text" or "like" => TextFunctions<TContext>.Condition(function.Name, call, parts),
            "in_network" or "is_private" or "is_ipv6" => AddressFunctions<TContext>.Condition(function.Name, call, parts),
            _ => TimeFunctions<TContext>.Condition(function.Name, call, parts),
        };
    }

    public static RuleValue<TContext, double> Number(CallNode call, RuleCompiler<TContext> parts)
    {
        RuleFunction function = Find(call);
        CheckCount(call, function);
        return function.Name switch
        {
            "length" or "number" or "entropy" => TextFunctions<TContext>.Number(function.Name, call, parts),
            "minute_of_day" or "day_of_month" or "month" or "year" => TimeFunctions<TContext>.Number(function.Name, call, parts),
            "count" or "distinct" or "sum" or "average" or "largest" => WindowFunctions<TContext>.Number(function.Name, call, parts),
            _ => NumberFunctions<TContext>.Number(function.Name, call, parts),
        };
    }

    /// <summary>The only function of texts that is a text is the first of them that is known.</summary>
    public static RuleValue<TContext, string?> Text(CallNode call, RuleCompiler<TContext> parts)
    {
        CheckCount(call, Find(call));
        RuleValue<TContext, string?>[] texts = [.. call.Arguments.Select(parts.Text)];
        return (in TContext context) =>
        {
            foreach (RuleValue<TContext, string?> text in texts)
                if (text(in context) is { } known) return known;
            return null;
        };
    }

    /// <summary>An argument that must be written out, so that a wrong one is an error and not a rule that never holds.</summary>
    public static string Literal(RuleNode node, string expected) =>
        node is TextNode text ? text.Value : throw RuleCompiler<TContext>.Mistake(node, Describe(node), expected);

    public static string Describe(RuleNode node) => node switch
    {
        FieldNode field => $"'{field.Name}'",
        SpanNode or NumberNode or TextNode or TruthNode or CallNode => RuleDescription.Of(node, RuleType.Number),
        _ => "a calculation or a condition",
    };

    private static RuleFunction Find(CallNode call)
    {
        if (RuleFunction.Find(call.Name) is { } found) return found;
        string suggestion = NameSuggestion.For(call.Name, RuleFunction.All.Select(function => function.Name)).TrimStart();
        throw RuleCompiler<TContext>.Mistake(call, $"'{call.Name}('", "a function", suggestion);
    }

    private static void CheckCount(CallNode call, RuleFunction function)
    {
        int count = call.Arguments.Count;
        if (count >= function.LeastArguments && count <= function.MostArguments) return;
        RuleNode place = count > function.MostArguments ? call.Arguments[function.MostArguments] : call;
        throw RuleCompiler<TContext>.Mistake(place, $"'{call.Name}' with {count} arguments", function.Form);
    }
}
