namespace Ecart.MariaDb.Delivery;

/// <summary>What was done with rows of the outbox.</summary>
/// <param name="Routed">Rows that at least one route takes.</param>
/// <param name="Unrouted">Rows that none takes, or whose alert was closed before.</param>
/// <param name="Expired">Rows that were too old.</param>
public readonly record struct RoutingCount(int Routed, int Unrouted, int Expired)
{
    /// <summary>Rows in all.</summary>
    public int Total => Routed + Unrouted + Expired;
}
