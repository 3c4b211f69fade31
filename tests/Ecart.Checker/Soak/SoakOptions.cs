namespace Ecart.Checker.Soak;

/// <summary>A long feed at a share of capacity.</summary>
internal sealed record SoakOptions
{
    /// <summary>The way in; not <see cref="ProducerKind.Live"/>. Default Kafka.</summary>
    public ProducerKind Producer { get; init; } = ProducerKind.Kafka;

    /// <summary>For how long to feed. Default 20 minutes.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>Share of the measured capacity that is fed, above 0 to 1. Default 0.8.</summary>
    public double Load { get; init; } = 0.8;

    /// <summary>For how long capacity is measured before; its first third does not count. Default 30 s.</summary>
    public TimeSpan Measuring { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Between two samples. Default 1 s.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Accounts. Default 1,000: their windows are full after some minutes, so that what still grows afterwards is a leak.</summary>
    public int Accounts { get; init; } = 1000;

    /// <summary>Seed of the stream. Default 1.</summary>
    public ulong Seed { get; init; } = 1;
}
