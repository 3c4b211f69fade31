using System.Threading.Channels;
using Ecart.Events;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;
using Ecart.Streaming.Lanes;
using Ecart.Streaming.Sources;

namespace Ecart.Streaming.Pipeline;

/// <summary>
/// Takes a source through the whole way: look up, score, commit. Scoring is one thread; reading runs ahead of it and commits behind it. Each item
/// takes effect exactly once, however often the process is killed: positions, rows and lanes move in one transaction.
/// </summary>
public sealed class ReplayPipeline
{
    private readonly string connectionString;
    private readonly IDomainStore store;
    private readonly Func<IDomainEngine> makeEngine;
    private readonly PipelineOptions options;
    private readonly BatchCommitterOptions committerOptions;
    private readonly TimeProvider timeProvider;

    /// <summary>Makes a pipeline over one store and domain.</summary>
    /// <param name="connectionString">The store; migrated.</param>
    /// <param name="store">The domain's tables.</param>
    /// <param name="makeEngine">Makes an engine that knows nothing yet.</param>
    /// <param name="options">Batches and overlap.</param>
    /// <param name="committerOptions">How batches are written.</param>
    /// <param name="timeProvider">The clock.</param>
    public ReplayPipeline(
        string connectionString,
        IDomainStore store,
        Func<IDomainEngine> makeEngine,
        PipelineOptions options,
        BatchCommitterOptions committerOptions,
        TimeProvider timeProvider)
    {
        this.connectionString = connectionString;
        this.store = store;
        this.makeEngine = makeEngine;
        this.options = options;
        this.committerOptions = committerOptions;
        this.timeProvider = timeProvider;
    }

    /// <summary>What was done so far.</summary>
    public PipelineCounters Counters { get; } = new();

    /// <summary>The engine as the pipeline left it; null before the first run.</summary>
    public IDomainEngine? Engine { get; private set; }

    /// <summary>Replays a source from where an earlier run committed to its end, or until it is cancelled: then what was scored is still committed.</summary>
    /// <param name="openSource">Opens the source at its beginning; called again after the server refused a row.</param>
    /// <param name="cancellationToken">Ends reading; the pipeline drains.</param>
    /// <returns>True when the source was read to its end.</returns>
    /// <exception cref="StoreUnavailableException">The server did not come back; run again to go on.</exception>
    /// <exception cref="FencedException">Another process took over.</exception>
    public async Task<bool> RunAsync(Func<IReplaySource> openSource, CancellationToken cancellationToken)
    {
        for (; ; )
        {
            using IReplaySource source = openSource();
            RunEnd end = await RunOnceAsync(source, cancellationToken).ConfigureAwait(false);
            if (end != RunEnd.RowsRefused) return end == RunEnd.Finished;
        }
    }

    private async Task<RunEnd> RunOnceAsync(IReplaySource source, CancellationToken cancellationToken)
    {
        var laneStore = new LaneStore(connectionString);
        IReadOnlyList<LanePosition> lanes = await laneStore.AcquireAllAsync(cancellationToken).ConfigureAwait(false);
        IDomainEngine engine = makeEngine();
        await new StateRecovery(connectionString, store).RestoreAsync(engine, lanes, cancellationToken).ConfigureAwait(false);
        Engine = engine;
        long position = await laneStore.ReadOffsetAsync(source.Name, 0, cancellationToken).ConfigureAwait(false);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var incoming = Channel.CreateBounded<IncomingBatch>(new BoundedChannelOptions(options.BatchesAhead) { SingleReader = true, SingleWriter = true });
        var reader = new SourceReader(source, store, connectionString, options, timeProvider);
        Task reading = Task.Run(() => reader.RunAsync(position, incoming.Writer, Counters.AddSkipped, stop.Token), CancellationToken.None);
        await using var committer = new BatchCommitter(
            connectionString,
            () => new Dictionary<string, IEventTable>(StringComparer.Ordinal) { [store.Domain] = store.MakeTable() },
            committerOptions with { MaximumInFlight = options.BatchesInFlight });
        var run = new PipelineRun(engine, store, new LaneCursors(lanes), committer, committerOptions.Format, source.Name, position, options, Counters);
        try
        {
            await run.ProcessAsync(incoming.Reader, stop.Token).ConfigureAwait(false);
            return run.HasRefusedRows ? RunEnd.RowsRefused : cancellationToken.IsCancellationRequested ? RunEnd.Stopped : RunEnd.Finished;
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private enum RunEnd
    {
        Finished,
        Stopped,
        RowsRefused,
    }
}
