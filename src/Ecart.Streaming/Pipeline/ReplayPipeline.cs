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

    /// <summary>
    /// Told on the scoring thread, every so often, when all that the engine knows is committed and in the stored state: the moment to publish profiles. Keep
    /// it short. Default null.
    /// </summary>
    public Action<IDomainEngine>? Settled { get; init; }

    /// <summary>Replays a source from where an earlier run committed to its end, or until it is cancelled: then what was scored is still committed.</summary>
    /// <param name="openSource">Opens the source at its beginning; called again after the server refused a row.</param>
    /// <param name="cancellationToken">Ends reading; the pipeline drains.</param>
    /// <returns>True when the source was read to its end.</returns>
    /// <exception cref="StoreUnavailableException">The server did not come back; run again to go on.</exception>
    /// <exception cref="FencedException">Another process took over.</exception>
    public async Task<bool> RunAsync(Func<IReplaySource> openSource, CancellationToken cancellationToken)
    {
        var refused = new RefusedEvents();
        for (; ; )
        {
            using IReplaySource source = openSource();
            RunEnd end = await RunOnceAsync(source, refused, cancellationToken).ConfigureAwait(false);
            if (end != RunEnd.RowsRefused) return end == RunEnd.Finished;
        }
    }

    private async Task<RunEnd> RunOnceAsync(IReplaySource source, RefusedEvents refused, CancellationToken cancellationToken)
    {
        var start = new RunStart(
            connectionString, store, _ => Task.FromResult(makeEngine()), options, committerOptions, Counters, timeProvider);
        await using PipelineRun run = await start.BeginAsync(refused, Settled, cancellationToken).ConfigureAwait(false);
        Engine = run.Engine;
        long position = 0;
        await start.Retry.RunAsync(
            async () => position = await new LaneStore(connectionString, store.Domain).ReadOffsetAsync(source.Name, 0, cancellationToken).ConfigureAwait(false),
            null,
            cancellationToken).ConfigureAwait(false);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var incoming = Channel.CreateBounded<IncomingBatch>(new BoundedChannelOptions(options.BatchesAhead) { SingleReader = true, SingleWriter = true });
        var reader = new SourceReader(source, store, connectionString, start.Retry, options, timeProvider);
        Task reading = Task.Run(() => reader.RunAsync(position, incoming.Writer, Counters.AddSkipped, stop.Token), CancellationToken.None);
        try
        {
            await run.ProcessAsync(incoming.Reader, null, stop.Token).ConfigureAwait(false);
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
