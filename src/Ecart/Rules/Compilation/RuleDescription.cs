using Ecart.Rules.Syntax;

namespace Ecart.Rules.Compilation;

/// <summary>Parts of an expression and types, as messages name them.</summary>
internal static class RuleDescription
{
    public static string Of(RuleType type) => type switch
    {
        RuleType.Number => "a number",
        RuleType.Text => "a text",
        _ => "a condition, which is true or false",
    };

    public static string Of(RuleNode node, RuleType type) => node switch
    {
        FieldNode field => $"'{field.Name}', which is {Short(type)}",
        TextNode text => $"the text '{text.Value}'",
        NumberNode number => $"the number {number.Value}",
        CallNode call => $"'{call.Name}(...)', which is {Short(type)}",
        SpanNode span => $"the span of time {span.Text}",
        TruthNode truth => truth.Value ? "'true'" : "'false'",
        _ => Short(type),
    };

    private static string Short(RuleType type) => type switch
    {
        RuleType.Number => "a number",
        RuleType.Text => "a text",
        _ => "a condition",
    };
}
