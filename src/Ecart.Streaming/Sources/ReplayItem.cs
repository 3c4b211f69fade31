using Ecart.Events;
using Ecart.Events.Decoding;

namespace Ecart.Streaming.Sources;

/// <summary>One thing that a source yields: exactly one of the three is set.</summary>
/// <param name="Event">An event to score.</param>
/// <param name="Label">What became known about an earlier event.</param>
/// <param name="Rejected">A record that cannot be read.</param>
/// <param name="Origin">File or topic that it came from.</param>
/// <param name="Line">Line or offset in the origin.</param>
public readonly record struct ReplayItem(DomainEvent? Event, Label? Label, RejectedRecord? Rejected, string Origin, long Line)
{
    /// <summary>True for an event of which the source will yield a label later on, or would if it went on long enough.</summary>
    public bool AwaitsLabel { get; init; }

    /// <summary>Partition of the topic; null when the origin is a file and its position a line.</summary>
    public int? Partition { get; init; }

    /// <summary>
    /// Lane of the event that a label speaks of, where it is known that there is such an event: then the label is never rejected for want of it. Default null.
    /// </summary>
    public int? EventLane { get; init; }

    /// <summary>Where the item came from.</summary>
    public RecordPosition Position => new(Origin, Partition ?? 0, Line, Partition is null);

    /// <summary>The rejection of an event whose uid is known with other content.</summary>
    public RejectedRecord RejectConflict(DomainEvent domainEvent) => new(
        Origin,
        Partition ?? 0,
        Line,
        domainEvent.Domain,
        domainEvent.EventUid,
        RejectReason.ConflictingDuplicate,
        "uid",
        domainEvent.EventUid,
        $"{Position}: uid '{domainEvent.EventUid}' is known with other content: the first event stands. Give the new event a uid of its own.",
        ReadOnlyMemory<byte>.Empty);
}
