namespace Ecart.Events.Decoding;

/// <summary>What a field is mapped to.</summary>
/// <param name="Text">A column's name, or a constant value.</param>
/// <param name="IsConstant">True when every record has this value.</param>
internal sealed record FieldMapEntry(string Text, bool IsConstant);
