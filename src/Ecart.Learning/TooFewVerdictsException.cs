namespace Ecart.Learning;

/// <summary>There are too few verdicts to learn from. The message says how many there are and what to do.</summary>
public sealed class TooFewVerdictsException(string message) : Exception(message)
{
}
