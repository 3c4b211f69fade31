using Ecart.MariaDb.Writing;
using Ecart.Scoring;
using Ecart.Streaming.Pipeline;

namespace Ecart.Streaming.Live;

/// <summary>
/// Runs sources through the whole way for as long as the service lives: gather, look up, score on one thread, commit, tell. Everything takes effect exactly
/// once, however often the process or the server dies: what was not durable is read again, and what was is recognised.
/// </summary>
public sealed class LivePipeline : IDisposable
{
    private static readonly Task<LaneShare?> NoShare = Task.FromResult<LaneShare?>(null);
    private readonly string connectionString;
    private readonly IDomainStore store;
    private readonly RunStart start;
    private readonly LiveIntake intake;
    private readonly LiveMeter meter;
    private volatile CancellationTokenSource reload = new();

    /// <summary>Makes a pipeline over one store and domain.</summary>
    /// <param name="connectionString">The store; migrated.</param>
    /// <param name="store">The domain's tables.</param>
    /// <param name="makeEngine">Makes an engine that knows nothing yet, by the configuration that is active then.</param>
    /// <param name="options">Batches and overlap; its speed has no meaning here.</param>
    /// <param name="committerOptions">How batches are written, and for how long an outage is bridged.</param>
    /// <param name="timeProvider">The clock.</param>
    public LivePipeline(
        string connectionString,
        IDomainStore store,
        Func<CancellationToken, Task<IDomainEngine>> makeEngine,
        PipelineOptions options,
        BatchCommitterOptions committerOptions,
        TimeProvider timeProvider)
    {
        this.connectionString = connectionString;
        this.store = store;
        start = new RunStart(
            connectionString, store, makeEngine, options, committerOptions, Counters, timeProvider, cancellation => Cluster?.ShareAsync(cancellation) ?? NoShare);
        intake = new LiveIntake(store, connectionString, start.Retry, options);
        meter = new LiveMeter(this);
    }

    /// <summary>What was done so far.</summary>
    public PipelineCounters Counters { get; } = new();

    /// <summary>Where sources hand in.</summary>
    public IIntake Intake => intake;

    /// <summary>Items that wait to become part of a batch.</summary>
    public int Waiting => intake.Waiting;

    /// <summary>True while lanes are owned, state is restored and batches are taken.</summary>
    public bool IsReady { get; private set; }

    /// <summary>Lanes that this process owns now.</summary>
    public int LanesOwned { get; private set; }

    /// <summary>Shares the lanes with other processes; null owns all of them, which is the default.</summary>
    public ILaneCluster? Cluster { get; init; }

    /// <summary>Told on the scoring thread, every so often, when all that the engine knows is committed and in the stored state. Keep it short. Default null.</summary>
    public Action<IDomainEngine>? Settled { get; init; }

    /// <summary>Makes a new engine once everything scored is committed: after a change of the configuration. Thread-safe, until it is disposed.</summary>
    public void Reload() => reload.Cancel();

    /// <summary>Runs sources until it is cancelled: then reading ends, and what was handed in is committed. Call once.</summary>
    /// <param name="sources">The sources, started once the state is restored.</param>
    /// <param name="cancellationToken">Ends reading; the pipeline drains.</param>
    /// <exception cref="StoreUnavailableException">The server did not come back in time.</exception>
    /// <exception cref="FencedException">Another process took over.</exception>
    /// <exception cref="InvalidOperationException">A source cannot work as it is configured.</exception>
    public async Task RunAsync(IReadOnlyList<ILiveSource> sources, CancellationToken cancellationToken)
    {
        using var abort = new CancellationTokenSource();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        IIntake front = Cluster?.Join(intake) ?? intake;
        Task gathering = Task.Run(() => intake.RunAsync(abort.Token), CancellationToken.None);
        Task? reading = null;
        var refused = new RefusedEvents();
        var unfinished = new Queue<IncomingBatch>();
        try
        {
            for (bool isOver = false; !isOver;)
            {
                await using PipelineRun run = await start.BeginAsync(
                    refused, Settled, reading is null ? cancellationToken : CancellationToken.None).ConfigureAwait(false);
                reading ??= ReadAsync(sources, front, stop);
                Cluster?.Began(run.Engine, run.Lanes.Part, run.Lanes.Owned);
                LanesOwned = run.Lanes.Owned.Count;
                IsReady = true;
                try
                {
                    isOver = await ContinueAsync(run, unfinished).ConfigureAwait(false);
                }
                catch (Exception error) when (Cluster is not null && error is FencedException or BatchRefusedException)
                {
                    // Not an end: what this run has in hand is looked up and routed again. Refused may be a uid that another process stored meanwhile.
                    await Cluster!.LostAsync(error, CancellationToken.None).ConfigureAwait(false);
                }
                finally
                {
                    IsReady = false;
                    LanesOwned = 0;
                    await run.EndAsync().ConfigureAwait(false);
                    unfinished = new Queue<IncomingBatch>(run.Unfinished.Concat(unfinished));
                }
            }

            await reading!.ConfigureAwait(false);
        }
        catch (Exception error)
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await abort.CancelAsync().ConfigureAwait(false);
            if (reading is not null) await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await gathering.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            intake.Abandon(unfinished, error);
            Cluster?.Abandon(error);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        meter.Dispose();
        reload.Dispose();
    }

    /// <summary>Processes what the run before left over, then what comes.</summary>
    /// <returns>False when another run is needed: the server refused a row, or the configuration has changed.</returns>
    private async Task<bool> ContinueAsync(PipelineRun run, Queue<IncomingBatch> unfinished)
    {
        int number = intake.BeginRun();
        await using var lookUp = new BatchLookUp(store, connectionString, start.Retry);
        while (unfinished.TryPeek(out IncomingBatch? batch))
        {
            await lookUp.RunAsync(batch, CancellationToken.None).ConfigureAwait(false);
            await run.ProcessAsync(unfinished.Dequeue()).ConfigureAwait(false);
            if (run.HasRefusedRows) return false;
        }

        CancellationTokenSource change = reload;
        await run.ProcessAsync(intake.Batches, RefreshAsync, change.Token).ConfigureAwait(false);
        if (run.HasRefusedRows) return false;
        if (!change.IsCancellationRequested) return true;
        // The old one is not disposed: somebody may be cancelling it, and without a timer it holds nothing.
        reload = new CancellationTokenSource();
        return false;

        Task RefreshAsync(IncomingBatch batch)
        {
            if (Cluster?.TakeCounts() is { } counts) run.Engine.UseOthers(counts);
            return batch.LookedUpIn == number ? Task.CompletedTask : lookUp.RunAsync(batch, CancellationToken.None);
        }
    }

    /// <summary>Runs the sources; when all have ended, or one cannot go on, nothing more is taken in.</summary>
    private async Task ReadAsync(IReadOnlyList<ILiveSource> sources, IIntake front, CancellationTokenSource stop)
    {
        try
        {
            Task[] running = [.. sources.Select(source => Task.Run(() => source.RunAsync(front, stop.Token), CancellationToken.None))];
            while (running.Length > 0)
            {
                Task ended = await Task.WhenAny(running).ConfigureAwait(false);
                running = [.. running.Where(task => task != ended)];
                if (!ended.IsFaulted) continue;
                await stop.CancelAsync().ConfigureAwait(false);
                await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await ended.ConfigureAwait(false);
            }
        }
        finally
        {
            if (Cluster is not null) await Cluster.DrainAsync().ConfigureAwait(false);
            intake.Close();
        }
    }
}
