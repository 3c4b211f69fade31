using Ecart.Scoring;

namespace Ecart.Rules;

/// <summary>A rule of a domain: what it adds to the score of an event for which it holds.</summary>
public sealed record RuleOptions
{
    /// <summary>Most characters of a name.</summary>
    public const int LongestName = 64;

    /// <summary>
    /// Name for people, 1 to 64 characters, no quotes and no control characters, unique in its domain whatever the case. It is stored with
    /// the reasons of events, so a rule that changes its meaning needs a new name.
    /// </summary>
    public required string Name { get; init; }

    /// <summary>The condition, in the language of docs/reference/rules.md.</summary>
    public required string Expression { get; init; }

    /// <summary>What it adds, 0 to 1; 0 for information only. Default 0.5, which alone flags an event by the default severities.</summary>
    public double Contribution { get; init; } = 0.5;

    /// <summary>False keeps the rule without effect; it must still be right. Default true.</summary>
    public bool Active { get; init; } = true;

    internal void Validate(string path)
    {
        bool isName = Name is { Length: > 0 and <= LongestName } && !Name.Any(static letter => char.IsControl(letter) || letter is '\'' or '"');
        OptionsException.Require(
            isName, path + ".name", Name, $"1 to {LongestName} characters without quotes and control characters");
        OptionsException.RequireRange(Contribution, 0, 1, $"{path} ('{Name}').contribution");
        OptionsException.Require(Expression is not null, $"{path} ('{Name}').expression", Expression, "an expression");
    }
}
