namespace Ecart.MariaDb.Delivery;

/// <summary>How a route stands.</summary>
/// <param name="Route">The route.</param>
/// <param name="Pending">Messages that wait or are being sent.</param>
/// <param name="Failed">Messages that were given up.</param>
/// <param name="OldestPending">Age of the oldest message that waits; zero without any.</param>
/// <param name="HeldBack">Messages that wait for the rate limit.</param>
public sealed record RouteStanding(string Route, long Pending, long Failed, TimeSpan OldestPending, long HeldBack);
