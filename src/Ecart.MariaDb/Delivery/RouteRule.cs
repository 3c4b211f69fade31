namespace Ecart.MariaDb.Delivery;

/// <summary>Which alerts a route takes, and how it tells them.</summary>
public sealed record RouteRule
{
    /// <summary>Its name, at most 32 characters; one name is one target in the whole database.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it takes an alert. Default: those that the domain's settings send to its name.</summary>
    public Func<OutboxAlert, bool>? Takes { get; init; }

    /// <summary>Alerts of one entity within this time after the first are told together, at its end. Default zero: each for itself.</summary>
    public TimeSpan GroupWindow { get; init; }

    /// <summary>Whether it is told what becomes of an alert. Default true.</summary>
    public bool FollowsStatus { get; init; } = true;

    internal bool TakesAlert(OutboxAlert alert) => Takes is { } takes ? takes(alert) : alert.SettingsRoute == Name;
}
