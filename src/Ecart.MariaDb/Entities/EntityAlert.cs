namespace Ecart.MariaDb.Entities;

/// <summary>An alert of an entity.</summary>
/// <param name="AlertId">Its number.</param>
/// <param name="OccurredAt">Event time, UTC.</param>
/// <param name="EventUid">Its event.</param>
/// <param name="Score">Its score.</param>
/// <param name="Severity">Its severity.</param>
/// <param name="Status">Its status.</param>
public sealed record EntityAlert(long AlertId, DateTime OccurredAt, string EventUid, double Score, string Severity, string Status);
