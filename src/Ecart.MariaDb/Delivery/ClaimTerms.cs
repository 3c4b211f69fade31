namespace Ecart.MariaDb.Delivery;

/// <summary>On what terms messages of a route are taken.</summary>
/// <param name="Route">The route.</param>
/// <param name="Lease">After which a message that nobody has finished is taken again.</param>
/// <param name="LimitMessages">Most attempts within <paramref name="LimitPeriod"/>, over all processes; 0 for no limit.</param>
/// <param name="LimitPeriod">The period of the limit; any stretch of this length holds no more.</param>
/// <param name="MaximumAge">Alerts that wait for longer are no news: their messages expire.</param>
public sealed record ClaimTerms(string Route, TimeSpan Lease, int LimitMessages, TimeSpan LimitPeriod, TimeSpan MaximumAge);
