namespace Ecart.Events.Decoding;

/// <summary>A field that a column may hold. When several columns match one field, the smallest rank wins.</summary>
/// <param name="Field">Index of the field in its <see cref="FieldSchema"/>.</param>
/// <param name="Rank">0 mapped by exactly this name, 1 mapped with other case, 2 canonical name, 3 and more synonyms in order.</param>
public readonly record struct FieldMatch(int Field, int Rank)
{
    internal const int MappedRank = 0;
    internal const int MappedIgnoringCaseRank = 1;
    internal const int CanonicalRank = 2;
}
