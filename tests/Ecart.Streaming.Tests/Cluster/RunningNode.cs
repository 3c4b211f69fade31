using System.Threading.Channels;
using Ecart.Domains.Transactions;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;
using Ecart.Streaming.Cluster;
using Ecart.Streaming.Live;
using Ecart.Streaming.Pipeline;
using Ecart.Streaming.Sources;
using Ecart.Streaming.Tests.Live;
using Ecart.Streaming.Tests.Pipeline;
using Xunit;

namespace Ecart.Streaming.Tests.Cluster;

/// <summary>A node of a cluster over a database, with one source into which a test hands.</summary>
internal sealed class RunningNode : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly ManualSource source = new();
    private readonly Channel<int> changes = Channel.CreateUnbounded<int>();
    private readonly List<RecordedReceipt> receipts = [];
    private readonly ClusterNode node;
    private readonly LivePipeline pipeline;
    private Task running = Task.CompletedTask;

    private RunningNode(ReplayDatabase database)
    {
        var options = new ClusterOptions { ProbeTimeout = TimeSpan.FromMilliseconds(500), ReadCountsEvery = TimeSpan.FromMilliseconds(100), Report = Log };
        node = new ClusterNode(options, database.ConnectionString, TransactionEvent.DomainName, Log, TimeProvider.System);
        pipeline = new LivePipeline(
            database.ConnectionString,
            new DomainStore(database.ConnectionString, static () => new TransactionTable()),
            _ => Task.FromResult<IDomainEngine>(new TransactionEngine(database.Options)),
            database.Pipeline,
            database.Committer with { EndIdleTransactionsAfter = TimeSpan.FromSeconds(5) },
            TimeProvider.System)
        {
            Cluster = node,
        };
    }

    public IReadOnlyList<RecordedReceipt> Receipts => receipts;

    public PipelineCounters Counters => pipeline.Counters;

    /// <summary>Joins the cluster and waits until the source runs.</summary>
    /// <param name="database">The store.</param>
    /// <param name="sources">Sources beside the test itself.</param>
    public static async Task<RunningNode> StartAsync(ReplayDatabase database, params IReadOnlyList<ILiveSource> sources)
    {
        var running = new RunningNode(database);
        await running.node.StartAsync(running.Changed, TestContext.Current.CancellationToken);
        running.running = Task.Run(() => running.pipeline.RunAsync([running.source, .. sources], running.stop.Token));
        await await Task.WhenAny(running.source.Started, running.running);
        return running;
    }

    /// <summary>Waits until the node is to own so many lanes.</summary>
    public async Task OwnsAsync(int lanes)
    {
        while (node.Assigned.Count != lanes) await changes.Reader.ReadAsync(TestContext.Current.CancellationToken);
    }

    public async Task EnterAsync(IEnumerable<ReplayItem> items, string? origin = null)
    {
        IIntake intake = await source.Started;
        foreach (ReplayItem item in items)
        {
            var receipt = new RecordedReceipt(new ReplayItemText(receipts.Count, item));
            receipts.Add(receipt);
            SourcePosition? position = origin is null ? null : new SourcePosition(origin, 0, item.Line);
            await intake.EnterAsync(new IntakeItem(item, position, receipt), TestContext.Current.CancellationToken);
        }
    }

    public Task<Told[]> OutcomesAsync() => Task.WhenAll(receipts.Select(receipt => receipt.Outcome.WaitAsync(TestContext.Current.CancellationToken)));

    /// <summary>Drains and leaves the cluster.</summary>
    public async Task LeaveAsync()
    {
        await stop.CancelAsync();
        await running;
        await node.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await node.DisposeAsync();
        pipeline.Dispose();
        stop.Dispose();
    }

    private static void Log(string text) => TestContext.Current.TestOutputHelper?.WriteLine(text);

    private void Changed()
    {
        pipeline.Reload();
        changes.Writer.TryWrite(0);
    }
}
