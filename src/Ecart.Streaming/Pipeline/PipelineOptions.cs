namespace Ecart.Streaming.Pipeline;

/// <summary>How the pipeline batches and overlaps.</summary>
public sealed record PipelineOptions
{
    /// <summary>As a service has it: it is to be back within seconds after it was killed, so that it keeps its state every 200,000 entries.</summary>
    public static PipelineOptions Live { get; } = new() { CheckpointEvery = 200_000 };

    /// <summary>Items of one transaction, at most. Default 10,000: sorted rows then lie close enough together to be cheap.</summary>
    public int BatchSize { get; init; } = 10_000;

    /// <summary>Batches decoded ahead of the scorer. Default 2.</summary>
    public int BatchesAhead { get; init; } = 2;

    /// <summary>Batches being written at once. Default 3: two load while the one before them waits for the disk.</summary>
    public int BatchesInFlight { get; init; } = 3;

    /// <summary>
    /// Log entries between two checkpoints of the state: after a crash so many are read again at most, about 50,000 a second. Default 400,000: for a
    /// replay throughput counts more than a quick restart.
    /// </summary>
    public int CheckpointEvery { get; init; } = 400_000;

    /// <summary>
    /// Entities whose state is kept in memory, at most: about 4 KB each. Those used longest ago are dropped once they are durable, and read from the store when
    /// they are needed again; no verdict depends on it. Never fewer than a batch needs. Default 200,000, at least 1.
    /// </summary>
    public int MaximumResidentEntities { get; init; } = 200_000;

    /// <summary>A partial batch is committed after this long. Default 200 ms.</summary>
    public TimeSpan FlushInterval { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How often <see cref="ReplayPipeline.Settled"/> is told. Default 5 minutes.</summary>
    public TimeSpan SettleEvery { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Event-time seconds per second; null for as fast as possible. Default null.</summary>
    public double? Speed { get; init; }
}
