namespace Ecart.Alerting.Messages;

/// <summary>A message to a target.</summary>
public sealed record AlertMessage
{
    /// <summary>The route it takes.</summary>
    public required string Route { get; init; }

    /// <summary>The same in every message of the thread, also when one is repeated; at most 255 characters.</summary>
    public required string DedupKey { get; init; }

    /// <summary>What it says. Default trigger.</summary>
    public AlertAction Action { get; init; }

    /// <summary>What it is about. Default alerts.</summary>
    public AlertSubject Subject { get; init; }

    /// <summary>The worst of its alerts: <c>low</c>, <c>medium</c>, <c>high</c> or <c>critical</c>.</summary>
    public required string Severity { get; init; }

    /// <summary>The domain; empty when it is not about alerts.</summary>
    public string Domain { get; init; } = "";

    /// <summary>Type of the entity; empty when it is not about alerts.</summary>
    public string EntityType { get; init; } = "";

    /// <summary>Id of the entity; empty when it is not about alerts.</summary>
    public string EntityId { get; init; } = "";

    /// <summary>How many alerts it tells, or how many messages are held back.</summary>
    public int Count { get; init; }

    /// <summary>Alerts it tells, the oldest first; the first <see cref="MostListed"/> of them.</summary>
    public IReadOnlyList<AlertNotice> Alerts { get; init; } = [];

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Most alerts that a message lists; it always says how many there are.</summary>
    public const int MostListed = 20;

    /// <summary>A message that only shows that a route works.</summary>
    public static AlertMessage Test(string route, DateTimeOffset now) => new()
    {
        Route = route,
        DedupKey = $"ecart:test:{route}:{now.ToUnixTimeSeconds()}",
        Subject = AlertSubject.Test,
        Severity = "low",
        CreatedAt = now,
    };
}
