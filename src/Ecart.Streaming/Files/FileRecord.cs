using Ecart.Events;
using Ecart.Events.Decoding;

namespace Ecart.Streaming.Files;

/// <summary>One record of a file: an event, or the reason why it is none.</summary>
/// <param name="Decoded">The event with the truth that came with it, or the rejection.</param>
/// <param name="Source">The file's name without folder.</param>
/// <param name="Line">Line on which the record begins, from 1.</param>
/// <param name="LastLine">Line on which it ends; later than <paramref name="Line"/> when quoted text contains line ends.</param>
public readonly record struct FileRecord(DecodedRecord Decoded, string Source, long Line, long LastLine)
{
    /// <summary>The event, or null.</summary>
    public DomainEvent? Event => Decoded.Event;

    /// <summary>The truth that came with the event, if any.</summary>
    public TruthLabel? Truth => Decoded.Truth;

    /// <summary>Why the record is no event, or null.</summary>
    public RejectedRecord? Rejected => Decoded.Rejected;
}
