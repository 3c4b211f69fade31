namespace Ecart.MariaDb.Alerts;

/// <summary>A decision from which the service of the domain has not learned yet.</summary>
/// <param name="AlertId">The alert.</param>
/// <param name="EventUid">Its event.</param>
/// <param name="OccurredAt">Event time, UTC.</param>
/// <param name="Status">Confirmed fraud or false positive.</param>
/// <param name="DecidedAt">When, UTC.</param>
/// <param name="DecidedBy">Who; null when it is not known.</param>
public sealed record DecidedAlert(long AlertId, string EventUid, DateTime OccurredAt, AlertStatus Status, DateTime DecidedAt, string? DecidedBy);
