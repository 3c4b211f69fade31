namespace Ecart.Rules;

/// <summary>How much an expression may ask for, so that no text can exhaust stack or time.</summary>
public static class RuleLimits
{
    /// <summary>Most characters of an expression.</summary>
    public const int MaximumLength = 2000;

    /// <summary>Most parentheses, <c>not</c> and signs within each other.</summary>
    public const int MaximumDepth = 32;

    /// <summary>Most days that a window looks back.</summary>
    public const int MaximumWindowDays = 30;
}
