namespace Ecart.Domains.Declared;

/// <summary>Type of a field's values.</summary>
public enum DeclaredFieldType
{
    /// <summary>A finite number.</summary>
    Number,

    /// <summary>A text.</summary>
    Text,

    /// <summary>True or false, kept as 1 or 0.</summary>
    Condition,
}
