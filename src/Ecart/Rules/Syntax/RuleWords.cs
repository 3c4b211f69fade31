namespace Ecart.Rules.Syntax;

/// <summary>The words of the language, in any case, and what people write for them elsewhere.</summary>
internal static class RuleWords
{
    private static readonly HashSet<string> Reserved = new(
        ["and", "or", "not", "between", "in", "starts", "with", "contains", "is", "null", "true", "false"],
        StringComparer.OrdinalIgnoreCase);

    private static readonly Dictionary<string, string> Elsewhere = new(StringComparer.OrdinalIgnoreCase)
    {
        ["="] = "Write one '=' for equal.",
        ["&"] = "Write 'and'.",
        ["|"] = "Write 'or'.",
        ["!"] = "Write 'not'.",
        ["\""] = "Texts stand in single quotes: 'text'.",
        ["null"] = "Test with 'is null' or 'is not null'.",
        ["like"] = "Write 'starts with' or 'contains'.",
        ["%"] = "There is no remainder and no percent sign: write 0.05 for 5 %.",
    };

    public static bool IsReserved(string word) => Reserved.Contains(word);

    public static bool AreEqual(string word, string other) => string.Equals(word, other, StringComparison.OrdinalIgnoreCase);

    public static string SuggestFor(string found) => Elsewhere.GetValueOrDefault(found, string.Empty);
}
