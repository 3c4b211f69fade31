namespace Ecart.MariaDb.Exceptions;

/// <summary>An alert that was raised and that an exception would have silenced.</summary>
/// <param name="AlertId">The alert.</param>
/// <param name="EventUid">Its event.</param>
/// <param name="OccurredAt">Event time, UTC.</param>
/// <param name="EntityType">Type of its entity.</param>
/// <param name="EntityId">Its entity.</param>
/// <param name="Lane">Lane of the log.</param>
/// <param name="Seq">Place in the lane.</param>
/// <param name="Score">Its score.</param>
/// <param name="Severity">Its severity.</param>
/// <param name="Status">Its status.</param>
/// <param name="IsFraud">Whether people confirmed it, as its status or its event's label says.</param>
/// <param name="Distance">Distance of the event to the pattern; null without one.</param>
public sealed record AlertCandidate(
    long AlertId, string EventUid, DateTime OccurredAt, string EntityType, string EntityId, int Lane, long Seq, double Score, string Severity, string Status, bool IsFraud, double? Distance);
