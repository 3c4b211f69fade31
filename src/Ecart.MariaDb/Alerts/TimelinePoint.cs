using Ecart.Scoring;

namespace Ecart.MariaDb.Alerts;

/// <summary>One event in an entity's history.</summary>
/// <param name="Uid">The event.</param>
/// <param name="OccurredAt">Event time, UTC.</param>
/// <param name="Score">0 to 1; null for one that came too late to be scored.</param>
/// <param name="Distance">Distance to what is usual; null where there was no profile.</param>
/// <param name="IsFlagged">Whether it was flagged.</param>
/// <param name="Severity">Severity by score.</param>
/// <param name="IsSuppressed">Whether an exception silenced it.</param>
public sealed record TimelinePoint(string Uid, DateTime OccurredAt, double? Score, double? Distance, bool IsFlagged, Severity Severity, bool IsSuppressed);
