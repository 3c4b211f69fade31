namespace Ecart.Rules;

/// <summary>What a window says of the events in it.</summary>
public enum RuleWindowKind
{
    /// <summary>How many they are.</summary>
    Count,

    /// <summary>How many different values a field has in them.</summary>
    Distinct,

    /// <summary>The sum of a field; 0 without events.</summary>
    Sum,

    /// <summary>The mean of a field; null without events.</summary>
    Average,

    /// <summary>The largest value of a field; null without events.</summary>
    Largest,
}
