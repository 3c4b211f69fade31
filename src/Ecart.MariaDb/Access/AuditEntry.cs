namespace Ecart.MariaDb.Access;

/// <summary>One row of the audit log.</summary>
/// <param name="Id">Its number.</param>
/// <param name="OccurredAt">When, UTC.</param>
/// <param name="Actor">Who.</param>
/// <param name="Action">What was done.</param>
/// <param name="SubjectType">To what kind of thing.</param>
/// <param name="SubjectId">To which.</param>
/// <param name="Detail">More, as JSON; null for nothing.</param>
public sealed record AuditEntry(long Id, DateTime OccurredAt, string Actor, string Action, string SubjectType, string SubjectId, string? Detail);
