using System.Diagnostics;
using Ecart.App.Terminal;
using Ecart.Scoring;
using Ecart.Streaming.Pipeline;
using Ecart.Streaming.Sources;

namespace Ecart.App.Store;

/// <summary>Takes a source through the pipeline into a store, with a display, and publishes the profiles.</summary>
internal sealed class ReplayWork
{
    private readonly ReplayPipeline pipeline;
    private readonly ProfilePublication publication;
    private IReplaySource? current;

    public ReplayWork(OpenStore store, PipelineOptions options)
    {
        publication = new ProfilePublication(store);
        pipeline = new ReplayPipeline(
            store.ConnectionString,
            store.MakeDomainStore(),
            store.MakeEngine,
            options,
            store.MakeCommitterOptions(),
            TimeProvider.System)
        {
            Settled = publication.Begin,
        };
    }

    /// <summary>What was done.</summary>
    public PipelineCounters Counters => pipeline.Counters;

    /// <summary>How long it took.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>Why the source could not be read to its end; null when it was.</summary>
    public string? SourceFailure => current?.Failure;

    /// <summary>The source as it was left.</summary>
    public IReplaySource? Source => current;

    /// <summary>Replays to the end, or until it is cancelled.</summary>
    /// <returns>True at the end.</returns>
    public async Task<bool> RunAsync(string title, Func<IReplaySource> openSource, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        bool isFinished = await LiveProgress.RunAsync(
            title,
            () => current?.Progress ?? double.NaN,
            () => Describe(Stopwatch.GetElapsedTime(started)),
            () => pipeline.RunAsync(() => current = openSource(), cancellationToken)).ConfigureAwait(false);
        Elapsed = Stopwatch.GetElapsedTime(started);
        return isFinished;
    }

    /// <summary>Publishes the accounts' profiles for SQL users.</summary>
    public async Task PublishAsync(CancellationToken cancellationToken)
    {
        if (pipeline.Engine is { } engine) await publication.RunAsync(engine, cancellationToken).ConfigureAwait(false);
    }

    private string Describe(TimeSpan elapsed)
    {
        long alerts = Counters.Alerts(Severity.Low) + Counters.Alerts(Severity.Medium) + Counters.Alerts(Severity.High) + Counters.Alerts(Severity.Critical);
        string skipped = Counters.Skipped > 0 ? $"{Counters.Skipped:N0} known, " : "";
        return $"{skipped}{Counters.Committed:N0} stored ({Counters.Committed / Math.Max(0.001, elapsed.TotalSeconds):N0}/s), {alerts:N0} alerts";
    }
}
