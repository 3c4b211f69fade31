using Ecart.App.Commands;
using Ecart.App.Serve.Access;
using Ecart.App.Store;
using Ecart.App.Terminal;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;
using Ecart.Streaming.Cluster;
using Ecart.Streaming.Delivery;
using Ecart.Streaming.Live;
using Ecart.Streaming.Pipeline;
using Microsoft.AspNetCore.Http;

namespace Ecart.App.Serve;

/// <summary>The service put together: one pipeline, the sources that are configured, the reload of what people change, the HTTP interface, the dispatcher of alerts.</summary>
internal sealed class LiveService : IAsyncDisposable
{
    private static readonly TimeSpan PauseWithoutStore = TimeSpan.FromSeconds(1);

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
    private readonly AlertDispatcher? dispatcher;
    private readonly TaskCompletionSource<string> address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public LiveService(OpenStore store, ServeOptions options)
    {
        this.store = store;
        this.options = options;
        watch = new ConfigurationWatch(store, state, TimeSpan.FromSeconds(options.ReloadSeconds));
        publication = new ProfilePublication(store);
        if (options.Alerts.Routes.Count > 0)
            dispatcher = new AlertDispatcher(store.ConnectionString, options.Alerts.Make(store.Domain.Name), TimeProvider.System);
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

    /// <summary>Every endpoint of the interface, once it listens.</summary>
    public IReadOnlyList<Endpoint> Endpoints { get; private set; } = [];

    /// <summary>What was done.</summary>
    public PipelineCounters Counters => pipeline.Counters;

    /// <summary>Runs until it is cancelled, then drains.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<ILiveSource> sources = LiveSources.Make(options, store, watch.MakeDecoder);
        await using HttpInterface http = await HttpInterface.StartAsync(
            options, pipeline, store, state, watch.MakeDecoder, cancellationToken).ConfigureAwait(false);
        Endpoints = http.Endpoints;
        address.TrySetResult(http.Address);
        if (node is not null)
        {
            await node.StartAsync(pipeline.Reload, cancellationToken).ConfigureAwait(false);
            Output.Note($"Node {node.Name} of cluster {options.Cluster.Name}.");
        }

        using var stopWatching = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task watching = watch.RunAsync(pipeline.Reload, stopWatching.Token);
        await InviteAsync(http.Address, cancellationToken).ConfigureAwait(false);
        if (!options.Http.RequireKey && !IsLoopback(http.Address))
            Output.Warning($"http.listen {http.Address} is reached from other machines, and whoever reaches it may send events and labels: set http.require_key.");
        using var stopDelivering = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task delivering = dispatcher is null ? Task.CompletedTask : Task.Run(() => dispatcher.RunAsync(stopDelivering.Token), CancellationToken.None);
        if (dispatcher is not null) Output.Note($"Alerts go to {string.Join(", ", options.Alerts.Routes.Select(route => route.Name))}.");
        Output.Note($"Ready on {http.Address}; sources: {(sources.Count == 0 ? "http" : "http, " + string.Join(", ", sources.Select(source => source.Name)))}");
        try
        {
            Task running = pipeline.RunAsync([http.Source, http.Decisions, .. sources], cancellationToken);
            // A dispatcher ends early only by a fault that is a bug; the service must not go on as if alerts reached people.
            if (dispatcher is not null && await Task.WhenAny(running, delivering).ConfigureAwait(false) == delivering) await delivering.ConfigureAwait(false);
            await running.ConfigureAwait(false);
        }
        finally
        {
            await stopDelivering.CancelAsync().ConfigureAwait(false);
            await delivering.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

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

    /// <summary>The first administrator's link, as soon as the store answers: it may fail between opening it and this.</summary>
    private async Task InviteAsync(string address, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await FirstAdministrator.InviteAsync(store.ConnectionString, address, options.Http.Openid.Authority is not null, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (Exception error) when (TransientErrors.IsTransient(error))
            {
                Output.Warning($"the store failed, next try in {PauseWithoutStore.TotalSeconds} s: {error.Message}");
                await Task.Delay(PauseWithoutStore, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static bool IsLoopback(string address) => Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && uri.IsLoopback;

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
