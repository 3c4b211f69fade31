using Parlot;
using Parlot.Fluent;

namespace Ecart.Rules.Syntax;

/// <summary>
/// A parse in progress: how deep it is, and at the furthest place that any alternative reached what each of them expected there, which is
/// where people made the mistake.
/// </summary>
internal sealed class RuleParseContext(string text) : ParseContext(new Scanner(text))
{
    private readonly List<string> expected = [];
    private readonly List<string> words = [];

    public string Text { get; } = text;

    public int Depth { get; set; }

    /// <summary>The offset at which the expression is nested too deep; -1 where it is not.</summary>
    public int TooDeepAt { get; set; } = -1;

    public int FurthestOffset { get; private set; }

    public IReadOnlyList<string> Expected => expected;

    /// <summary>Words of the language that could stand at the furthest place.</summary>
    public IReadOnlyList<string> Words => words;

    public void Miss(int offset, string expectation, string? word)
    {
        if (offset < FurthestOffset) return;
        if (offset > FurthestOffset)
        {
            FurthestOffset = offset;
            expected.Clear();
            words.Clear();
        }

        if (!expected.Contains(expectation)) expected.Add(expectation);
        if (word is not null && !words.Contains(word)) words.Add(word);
    }
}
