using Ecart.MariaDb.Writing;
using Ecart.Domains.Transactions;
using Ecart.Scoring;
using Ecart.Streaming.Live;
using Ecart.Streaming.Pipeline;
using Ecart.Streaming.Sources;
using Ecart.Streaming.Tests.Pipeline;
using Xunit;

namespace Ecart.Streaming.Tests.Live;

/// <summary>A live pipeline over a database, with one source into which a test hands.</summary>
internal sealed class LiveHarness : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly ManualSource source = new();
    private readonly List<RecordedReceipt> receipts = [];

    private LiveHarness(ReplayDatabase database, Func<CancellationToken, Task<IDomainEngine>>? makeEngine)
    {
        Pipeline = new LivePipeline(
            database.ConnectionString,
            new DomainStore(database.ConnectionString, static () => new TransactionTable()),
            makeEngine ?? (_ => Task.FromResult<IDomainEngine>(new TransactionEngine(database.Options))),
            database.Pipeline,
            database.Committer,
            database.Clock);
        Running = Task.Run(() => Pipeline.RunAsync([source], stop.Token), CancellationToken.None);
    }

    public LivePipeline Pipeline { get; }

    /// <summary>The run: ends when it is stopped or fails.</summary>
    public Task Running { get; }

    /// <summary>The receipt of every item that was handed in, in order.</summary>
    public IReadOnlyList<RecordedReceipt> Receipts => receipts;

    /// <summary>Starts and waits until the sources run.</summary>
    public static async Task<LiveHarness> StartAsync(ReplayDatabase database, Func<CancellationToken, Task<IDomainEngine>>? makeEngine = null)
    {
        var harness = new LiveHarness(database, makeEngine);
        await await Task.WhenAny(harness.source.Started, harness.Running);
        return harness;
    }

    /// <summary>Hands an item in, waiting while the pipeline is full.</summary>
    public async Task<RecordedReceipt> EnterAsync(ReplayItem item, SourcePosition? position = null)
    {
        var receipt = new RecordedReceipt(new ReplayItemText(receipts.Count, item));
        try
        {
            await Pipeline.Intake.EnterAsync(new IntakeItem(item, position, receipt), TestContext.Current.CancellationToken);
        }
        catch (System.Threading.Channels.ChannelClosedException)
        {
            // Why the pipeline takes nothing more says what the channel does not.
            await Running;
            throw;
        }

        receipts.Add(receipt);
        return receipt;
    }

    /// <summary>Hands items in, one after the other.</summary>
    public async Task EnterAsync(IEnumerable<ReplayItem> items)
    {
        foreach (ReplayItem item in items) await EnterAsync(item);
    }

    /// <summary>Waits until every item handed in was told of.</summary>
    public Task<Told[]> OutcomesAsync() =>
        Task.WhenAll(receipts.Select(receipt => receipt.Outcome.WaitAsync(TestContext.Current.CancellationToken)));

    /// <summary>Stops and waits until the pipeline has drained.</summary>
    public async Task StopAsync()
    {
        await stop.CancelAsync();
        await Running;
    }

    /// <summary>Each item must have been told of once.</summary>
    public void AssertToldOnce() => Assert.All(receipts, receipt => Assert.True(receipt.Calls == 1, $"{receipt.Item}: told {receipt.Calls} times"));

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Pipeline.Dispose();
        stop.Dispose();
    }
}
