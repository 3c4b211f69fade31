namespace Ecart.Events.Decoding;

/// <summary>Where one column's text lies in a record's bytes.</summary>
/// <param name="Start">First byte.</param>
/// <param name="Length">Number of bytes; 0 means absent.</param>
public readonly record struct FieldRange(int Start, int Length);
