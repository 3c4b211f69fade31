using System.Text.Json;

namespace Ecart.Client;

/// <summary>One row of the audit log.</summary>
/// <param name="Id">Its number.</param>
/// <param name="At">When.</param>
/// <param name="Actor">Who.</param>
/// <param name="Action">What was done.</param>
/// <param name="SubjectType">To what kind of thing.</param>
/// <param name="SubjectId">To which.</param>
/// <param name="Detail">More; null for nothing.</param>
public sealed record AuditEntry(long Id, DateTimeOffset At, string Actor, string Action, string SubjectType, string SubjectId, JsonElement? Detail);
