namespace Ecart.Client.Alerts;

/// <summary>What somebody did to an alert.</summary>
/// <param name="Id">Its number.</param>
/// <param name="AlertId">The alert.</param>
/// <param name="Action">What.</param>
/// <param name="From">Status or assignee before; null for none.</param>
/// <param name="To">Status or assignee after; null for none.</param>
/// <param name="Actor">Who.</param>
/// <param name="Note">What they said; null for nothing.</param>
/// <param name="DoneAt">When, UTC.</param>
public sealed record AlertHistoryEntry(long Id, long AlertId, AlertActionKind Action, string? From, string? To, string Actor, string? Note, DateTime DoneAt);
