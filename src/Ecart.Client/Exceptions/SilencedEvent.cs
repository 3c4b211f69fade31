namespace Ecart.Client.Exceptions;

/// <summary>An event that an exception silenced: it keeps its score and raises no alert.</summary>
/// <param name="OccurredAt">Event time, UTC.</param>
/// <param name="Domain">The domain.</param>
/// <param name="Lane">Lane of the log.</param>
/// <param name="Seq">Place in the lane.</param>
/// <param name="EventUid">The event.</param>
/// <param name="EntityType">Type of its entity.</param>
/// <param name="EntityId">Its entity.</param>
/// <param name="Score">Its score.</param>
/// <param name="Severity">Severity that the alert would have had.</param>
public sealed record SilencedEvent(
    DateTime OccurredAt, string Domain, int Lane, long Seq, string EventUid, string EntityType, string EntityId, double Score, string Severity);
