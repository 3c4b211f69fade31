namespace Ecart.Events;

/// <summary>One observation, decoded and validated. Immutable and safe to share between threads.</summary>
/// <remarks>
/// Times are UTC, cut to whole microseconds, because that is what the store keeps: what is scored is exactly what a
/// replay of the stored row would score again.
/// </remarks>
public abstract class DomainEvent
{
    /// <summary>The producer's identity of this event, 1 to 128 characters. Unique within the domain.</summary>
    public required string EventUid { get; init; }

    /// <summary>Event time: UTC, whole microseconds.</summary>
    public required DateTime OccurredAt { get; init; }

    /// <summary>Name of the domain, for example <c>transactions</c>.</summary>
    public abstract string Domain { get; }

    /// <summary>Type of the entity whose order and state decide the lane, for example <c>account</c>.</summary>
    public abstract string PrimaryEntityType { get; }

    /// <summary>Id of the entity whose order and state decide the lane.</summary>
    public abstract string PrimaryEntityId { get; }

    /// <summary>
    /// Hash of everything the producer said, without the uid. Two events with one uid are the same event only if this is
    /// equal. The same on every machine and in every version.
    /// </summary>
    public abstract ulong ContentHash { get; }
}
