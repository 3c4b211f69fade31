namespace Ecart.Events.Decoding;

/// <summary>
/// Makes events of the lines of a text that has no named fields, such as a system's log, in their order: what a line means may depend on those before it. Not
/// thread-safe: one for each text.
/// </summary>
public interface ILineDecoder
{
    /// <summary>Whether a text of this form begins with such a line. Changes nothing.</summary>
    bool Begins(ReadOnlySpan<byte> line);

    /// <summary>Decodes a line. A bad line is a value, never an exception; one that tells of no event gives nothing.</summary>
    /// <param name="line">UTF-8 without its end.</param>
    /// <param name="position">Where it stands; names the events.</param>
    /// <param name="decoded">Receives the events, or why the line can be none.</param>
    /// <returns>How many were added.</returns>
    int Decode(ReadOnlySpan<byte> line, RecordPosition position, ICollection<DecodedRecord> decoded);
}
