namespace Ecart.Streaming.Pipeline;

/// <summary>How the pipeline batches and overlaps.</summary>
public sealed record PipelineOptions
{
    /// <summary>Items of one transaction, at most. Default 5,000.</summary>
    public int BatchSize { get; init; } = 5000;

    /// <summary>Batches decoded ahead of the scorer. Default 2.</summary>
    public int BatchesAhead { get; init; } = 2;

    /// <summary>Batches being written at once. Default 2.</summary>
    public int BatchesInFlight { get; init; } = 2;

    /// <summary>
    /// Log entries between two checkpoints of the state: a restart reads at most so many again. Default 400,000.
    /// </summary>
    public int CheckpointEvery { get; init; } = 400_000;

    /// <summary>A partial batch is committed after this long. Default 200 ms.</summary>
    public TimeSpan FlushInterval { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Event-time seconds per second; null for as fast as possible. Default null.</summary>
    public double? Speed { get; init; }
}
