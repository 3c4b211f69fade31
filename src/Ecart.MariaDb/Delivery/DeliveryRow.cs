namespace Ecart.MariaDb.Delivery;

/// <summary>A message as it is stored.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Route">The route.</param>
/// <param name="Action"><c>trigger</c>, <c>acknowledge</c> or <c>resolve</c>.</param>
/// <param name="Kind"><c>alerts</c>, or <c>held_back</c> when it tells of the rate limit.</param>
/// <param name="Severity">The worst of its alerts.</param>
/// <param name="Count">How many alerts it tells, or how many messages are held back.</param>
/// <param name="State"><c>pending</c>, <c>delivered</c>, <c>failed</c> or <c>expired</c>.</param>
/// <param name="Attempts">Times that it was tried.</param>
/// <param name="NextAttemptAt">When it is due, UTC; null unless it is pending.</param>
/// <param name="DedupKey">The thread's key.</param>
/// <param name="LastError">Why it was not delivered; null when nothing failed.</param>
/// <param name="CreatedAt">When it was made, UTC.</param>
/// <param name="DeliveredAt">When it was delivered, UTC.</param>
public sealed record DeliveryRow(
    long Id, string Route, string Action, string Kind, string Severity, int Count, string State, int Attempts, DateTime? NextAttemptAt, string DedupKey,
    string? LastError, DateTime CreatedAt, DateTime? DeliveredAt);
