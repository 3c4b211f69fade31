using Ecart.MariaDb.Writing;
using Ecart.Scoring;
using Ecart.Streaming.Lanes;

namespace Ecart.Streaming.Pipeline;

/// <summary>Begins runs: takes over the lanes, all or a share of them, makes an engine and builds its state from the store, bridging an outage. Thread-safe.</summary>
internal sealed class RunStart(
    string connectionString,
    IDomainStore store,
    Func<CancellationToken, Task<IDomainEngine>> makeEngine,
    PipelineOptions options,
    BatchCommitterOptions committerOptions,
    PipelineCounters counters,
    TimeProvider timeProvider,
    Func<CancellationToken, Task<LaneShare?>>? share = null)
{
    /// <summary>Bridges outages, for as long as commits do.</summary>
    public StoreRetry Retry { get; } = new(committerOptions);

    /// <summary>Begins a run; whoever owned the lanes is fenced off from now on.</summary>
    /// <param name="refused">What the server has refused in the runs before.</param>
    /// <param name="settled">See <see cref="ReplayPipeline.Settled"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreUnavailableException">The store did not come back in time.</exception>
    public async Task<PipelineRun> BeginAsync(RefusedEvents refused, Action<IDomainEngine>? settled, CancellationToken cancellationToken)
    {
        OwnedLanes owned = new([], default);
        IDomainEngine? engine = null;
        await Retry.RunAsync(
            async () =>
            {
                LaneShare? wanted = share is null ? null : await share(cancellationToken).ConfigureAwait(false);
                owned = await new LaneStore(connectionString, store.Domain).AcquireAsync(wanted, cancellationToken).ConfigureAwait(false);
                engine = await makeEngine(cancellationToken).ConfigureAwait(false);
                await new StateCatchUp(connectionString, store, committerOptions.Format).BringUpAsync(engine, owned.Lanes, cancellationToken).ConfigureAwait(false);
                await new StateRecovery(connectionString, store).RestoreAsync(engine, owned, cancellationToken).ConfigureAwait(false);
            },
            null,
            cancellationToken).ConfigureAwait(false);
        var committer = new BatchCommitter(
            connectionString,
            store.MakeTable,
            committerOptions with { MaximumInFlight = options.BatchesInFlight, FlagThreshold = engine!.FlagThreshold, RouteOf = engine.RouteOf });
        var residents = new ResidentSet(engine, connectionString, Retry, options, counters);
        return new PipelineRun(
            engine, store, residents, new LaneCursors(owned), refused, committer, Retry, committerOptions.Format, options, counters, settled, timeProvider);
    }
}
