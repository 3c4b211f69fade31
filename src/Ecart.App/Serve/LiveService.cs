using Ecart.App.Commands;
using Ecart.App.Store;
using Ecart.App.Terminal;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;
using Ecart.Streaming.Cluster;
using Ecart.Streaming.Live;
using Ecart.Streaming.Pipeline;

namespace Ecart.App.Serve;

/// <summary>The service put together: one pipeline, the sources that are configured, the reload of what people change, the HTTP interface.</summary>
internal sealed class LiveService : IAsyncDisposable
{
    /// <summary>What a node has counted since its checkpoint the others do not see, and read again when it dies.</summary>
    private const int CheckpointEveryInCluster = 20_000;

    /// <summary>The locks of a node that says nothing for so long are given up: others wait for them.</summary>
    private static readonly TimeSpan EndIdleTransactionsAfter = TimeSpan.FromSeconds(5);
    private readonly OpenStore store;
    private readonly ServeOptions options;
    private readonly StoreState state = new();
    private readonly ConfigurationWatch watch;
    private readonly ProfilePublication publication;
    private readonly LivePipeline pipeline;
    private readonly ClusterNode? node;
    private readonly TaskCompletionSource<string> address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public LiveService(OpenStore store, ServeOptions options)
    {
        this.store = store;
        this.options = options;
        watch = new ConfigurationWatch(store, state, TimeSpan.FromSeconds(options.ReloadSeconds));
        publication = new ProfilePublication(store);
        if (options.Cluster.Enabled) node = new ClusterNode(options.Cluster.Make(), store.ConnectionString, store.Domain.Name, EndDead, TimeProvider.System);
        BatchCommitterOptions committing = store.MakeCommitterOptions();
        pipeline = new LivePipeline(
            store.ConnectionString,
            store.MakeDomainStore(),
            watch.MakeEngineAsync,
            PipelineOptions.Live with
            {
                BatchSize = options.BatchSize,
                MaximumResidentEntities = options.MaximumResidentEntities,
                CheckpointEvery = node is null ? PipelineOptions.Live.CheckpointEvery : CheckpointEveryInCluster,
                SettleEvery = TimeSpan.FromMinutes(options.PublishMinutes),
            },
            committing with
            {
                GiveUpAfter = TimeSpan.MaxValue,
                EndIdleTransactionsAfter = node is null ? null : EndIdleTransactionsAfter,
                Retrying = (error, pause) =>
                {
                    state.Failed();
                    committing.Retrying!(error, pause);
                },
            },
            TimeProvider.System)
        {
            Settled = publication.Begin,
            Cluster = node,
        };
    }

    /// <summary>Where it listens, once it does.</summary>
    public Task<string> Address => address.Task;

    /// <summary>What was done.</summary>
    public PipelineCounters Counters => pipeline.Counters;

    /// <summary>Runs until it is cancelled, then drains.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<ILiveSource> sources = LiveSources.Make(options, store, watch.MakeDecoder);
        await using HttpInterface http = await HttpInterface.StartAsync(
            options.Http, pipeline, store, state, watch.MakeDecoder, cancellationToken).ConfigureAwait(false);
        address.TrySetResult(http.Address);
        if (node is not null)
        {
            await node.StartAsync(pipeline.Reload, cancellationToken).ConfigureAwait(false);
            Output.Note($"Node {node.Name} of cluster {options.Cluster.Name}.");
        }

        using var stopWatching = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task watching = watch.RunAsync(pipeline.Reload, stopWatching.Token);
        Output.Note($"Ready on {http.Address}; sources: {(sources.Count == 0 ? "http" : "http, " + string.Join(", ", sources.Select(source => source.Name)))}");
        await pipeline.RunAsync([http.Source, .. sources], cancellationToken).ConfigureAwait(false);
        await stopWatching.CancelAsync().ConfigureAwait(false);
        await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await publication.WaitAsync().ConfigureAwait(false);
        Output.Note($"Stopped: {pipeline.Counters.Committed:N0} events stored, nothing pending.");
    }

    public async ValueTask DisposeAsync()
    {
        if (node is not null) await node.DisposeAsync().ConfigureAwait(false);
        pipeline.Dispose();
    }

    /// <summary>
    /// The others have this node's lanes now and take nothing from it: it can neither drain nor answer. Whatever is not answered is sent again by whoever sent
    /// it, and the uid tells what was stored.
    /// </summary>
    private static void EndDead(string why)
    {
        Output.Error($"The other nodes have declared this one dead, because it did not answer them for too long. Its lanes are theirs; start it again. ({why})");
        Environment.Exit(ExitCode.Failed);
    }
}
