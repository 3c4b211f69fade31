namespace Ecart.Rules;

/// <summary>Why an expression is not a rule.</summary>
/// <param name="Position">Character at which it goes wrong, from 1; one beyond the last for the end.</param>
/// <param name="Found">What stands there.</param>
/// <param name="Expected">What could stand there.</param>
/// <param name="Suggestion">What was probably meant, as a sentence; empty when nothing is near.</param>
public sealed record RuleError(int Position, string Found, string Expected, string Suggestion)
{
    /// <summary>The error in one or two sentences.</summary>
    public override string ToString() =>
        $"At character {Position}: found {Found}, expected {Expected}.{(Suggestion.Length > 0 ? " " + Suggestion : string.Empty)}";
}
