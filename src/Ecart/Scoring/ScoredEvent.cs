using Ecart.Events;

namespace Ecart.Scoring;

/// <summary>An event, its verdict and its place in the log.</summary>
/// <param name="Event">The event.</param>
/// <param name="Verdict">Its verdict; owned by the batch and reused after the commit.</param>
/// <param name="Lane">The lane that owns the event's primary entity, 0 to 63.</param>
/// <param name="Seq">Position in the lane's log, 1 for the first entry of the lane.</param>
public readonly record struct ScoredEvent(DomainEvent Event, Verdict Verdict, int Lane, long Seq);
