using Ecart.App.Serve.Pages;

namespace Ecart.App.Entities;

/// <summary>Something that is known of an entity, as a code with values: a language makes a sentence of it.</summary>
/// <param name="Code">Stable code; the key of its text behind <c>entities.fact.</c>.</param>
/// <param name="Values">What stands in the places of the text: numbers, texts and times.</param>
public sealed record EntityFact(string Code, params IReadOnlyList<object?> Values)
{
    /// <summary>Code of a fact whose value are codes of evidence.</summary>
    public const string Found = "found";

    /// <summary>The sentence in a language.</summary>
    public string In(Language language) => language.Fill(
        "entities.fact." + Code,
        [.. Values.Select(value => Code == Found && value is IReadOnlyList<string> codes ? string.Join(", ", codes.Select(code => EvidenceSentence.NameOf(language, code))) : Shown(value, language))]);

    /// <summary>Whether it is the first of what is told of an event: those behind it tell of the same.</summary>
    public bool BeginsEvent => Code is "near" or "far" or "unmeasured";

    private static object? Shown(object? value, Language language) => value switch
    {
        DateTime time => language.Time(time),
        double number => language.Number(number, DecimalsOf(number)),
        IReadOnlyList<string> list => string.Join(", ", list),
        EntityWord word => language["entities.word." + word.Key],
        _ => value,
    };

    private static int DecimalsOf(double number) => Math.Abs(number) switch { >= 1000 => 0, >= 10 => 1, >= 1 => 2, _ => 3 };
}
