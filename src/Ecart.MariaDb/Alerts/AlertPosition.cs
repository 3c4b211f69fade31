using Ecart.Scoring;

namespace Ecart.MariaDb.Alerts;

/// <summary>After which alert a list goes on.</summary>
/// <param name="Sort">The order that it is a position of.</param>
/// <param name="Score">Score of the last alert shown.</param>
/// <param name="Severity">Its severity.</param>
/// <param name="OccurredAt">Its event time, UTC.</param>
/// <param name="UpdatedAt">Its newest change, UTC.</param>
/// <param name="Id">Its number.</param>
public sealed record AlertPosition(AlertSort Sort, double Score, Severity Severity, DateTime OccurredAt, DateTime UpdatedAt, long Id);
