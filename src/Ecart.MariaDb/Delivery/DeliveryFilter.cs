namespace Ecart.MariaDb.Delivery;

/// <summary>Which messages are asked for: those that meet everything that is set.</summary>
public sealed record DeliveryFilter
{
    /// <summary>These alone; null for any.</summary>
    public IReadOnlyList<long>? Ids { get; init; }

    /// <summary>The route.</summary>
    public string? Route { get; init; }

    /// <summary><c>pending</c>, <c>delivered</c>, <c>failed</c> or <c>expired</c>.</summary>
    public string? State { get; init; }

    /// <summary>Made at or after this time, UTC.</summary>
    public DateTime? Since { get; init; }

    /// <summary>Most messages. Default 100; the newest come first.</summary>
    public int Most { get; init; } = 100;
}
