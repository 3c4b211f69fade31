using System.Diagnostics.CodeAnalysis;
using Ecart.Events.Decoding;
using Parlot;
using Parlot.Fluent;

namespace Ecart.Rules.Syntax;

/// <summary>Reads an expression, or tells where and why it cannot be read.</summary>
internal static class RuleParser
{
    public static bool TryParse(string text, [NotNullWhen(true)] out RuleNode? node, [NotNullWhen(false)] out RuleError? error)
    {
        node = null;
        error = text.Length > RuleLimits.MaximumLength ? TooLong(text) : null;
        if (error is not null) return false;

        var context = new RuleParseContext(text);
        var result = default(ParseResult<RuleNode>);
        if (RuleGrammar.Expression.Parse(context, ref result))
        {
            context.SkipWhiteSpace();
            if (context.Scanner.Cursor.Eof && context.TooDeepAt < 0)
            {
                node = result.Value;
                return true;
            }

            context.Miss(context.Scanner.Cursor.Offset, "the end", null);
        }

        error = context.TooDeepAt >= 0 ? TooDeep(context.TooDeepAt) : Unexpected(context);
        return false;
    }

    private static RuleError TooLong(string text) => new(
        RuleLimits.MaximumLength + 1,
        $"{text.Length} characters",
        $"at most {RuleLimits.MaximumLength}",
        "Make several rules of it.");

    private static RuleError TooDeep(int offset) => new(
        offset + 1,
        $"more than {RuleLimits.MaximumDepth} parentheses, 'not' and signs within each other",
        $"at most {RuleLimits.MaximumDepth}",
        "Make several rules of it.");

    private static RuleError Unexpected(RuleParseContext context)
    {
        ReadOnlySpan<char> rest = context.Text.AsSpan(context.FurthestOffset);
        string expected = Alternatives(context.Expected);
        if (rest.IsEmpty) return new(context.FurthestOffset + 1, "the end", expected, string.Empty);
        if (rest[0] == '\'' && RuleScan.Text(rest) == 0)
            return new(context.FurthestOffset + 1, "a text without its closing quote", expected, "A quote within a text is written twice: ''.");

        string found = TokenAt(rest);
        string suggestion = RuleWords.SuggestFor(found);
        if (suggestion.Length == 0 && RuleScan.Word(rest) > 0) suggestion = NameSuggestion.For(found, context.Words).TrimStart();
        return new(context.FurthestOffset + 1, found[0] == '\'' ? "the text " + found : $"'{found}'", expected, suggestion);
    }

    private static string Alternatives(IReadOnlyList<string> expected) =>
        expected.Count == 1 ? expected[0] : $"{string.Join(", ", expected.SkipLast(1))} or {expected[^1]}";

    private static string TokenAt(ReadOnlySpan<char> rest)
    {
        int length = Math.Max(RuleScan.Word(rest), Math.Max(RuleScan.Number(rest), RuleScan.Text(rest)));
        if (length == 0) length = char.IsHighSurrogate(rest[0]) && rest.Length > 1 ? 2 : 1;
        return rest[..length].ToString();
    }
}
