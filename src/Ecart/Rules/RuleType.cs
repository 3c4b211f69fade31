namespace Ecart.Rules;

/// <summary>Type of a value in a rule.</summary>
public enum RuleType
{
    /// <summary>A finite number.</summary>
    Number,

    /// <summary>A text.</summary>
    Text,

    /// <summary>True, false or unknown.</summary>
    Condition,
}
