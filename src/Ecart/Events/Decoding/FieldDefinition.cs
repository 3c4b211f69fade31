namespace Ecart.Events.Decoding;

/// <summary>One named field that a domain reads from a record.</summary>
/// <param name="Name">Canonical name in snake_case, for example <c>occurred_at</c>.</param>
/// <param name="IsRequired">True when a record without it cannot become an event.</param>
/// <param name="Synonyms">
/// Names that usually mean the same, most telling first. Compared without case, blanks, underscores, hyphens and points.
/// </param>
public sealed record FieldDefinition(string Name, bool IsRequired, params IReadOnlyList<string> Synonyms)
{
    /// <summary>
    /// True when a source that knows lists may give one of numbers, which then comes as its numbers with commas between or after them. Default false: a list is at fault.
    /// </summary>
    public bool IsList { get; init; }
}
