using Ecart.Events.Decoding;

namespace Ecart.Rules;

/// <summary>The texts that a field can hold.</summary>
/// <param name="Expected">What they are, to follow "expected" in a message: "two capital letters".</param>
/// <param name="Accepts">Whether a text can occur.</param>
/// <param name="Known">All of them, for suggestions; empty where there are too many.</param>
public sealed record TextForm(string Expected, Func<string, bool> Accepts, IReadOnlyList<string> Known)
{
    /// <summary>One of a few texts.</summary>
    public static TextForm OneOf(params IReadOnlyList<string> known) =>
        new("one of " + string.Join(", ", known), text => known.Contains(text, StringComparer.Ordinal), known);

    /// <summary>A code of so many capital letters.</summary>
    public static TextForm CapitalLetters(int count) =>
        new($"{count} capital letters", text => text.Length == count && text.All(char.IsAsciiLetterUpper), []);

    internal string Suggest(string text) => NameSuggestion.For(text, Known).TrimStart();
}
