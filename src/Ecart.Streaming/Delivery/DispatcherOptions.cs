namespace Ecart.Streaming.Delivery;

/// <summary>How a dispatcher works.</summary>
public sealed record DispatcherOptions
{
    /// <summary>The domain whose alerts it routes.</summary>
    public required string Domain { get; init; }

    /// <summary>The routes.</summary>
    public required IReadOnlyList<AlertRoute> Routes { get; init; }

    /// <summary>Alerts and messages that wait for longer are no news: they expire. Default a day.</summary>
    public TimeSpan MaximumAge { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Between two looks at the store. Default 1 s.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Told what a person should know although work goes on. Thread-safe. Default null.</summary>
    public Action<string>? Report { get; init; }

    /// <summary>Makes the jitter differ between processes. Default the same in each.</summary>
    public ulong Seed { get; init; }
}
