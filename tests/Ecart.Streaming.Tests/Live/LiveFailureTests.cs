using System.Threading.Channels;
using Ecart.Domains.Transactions;
using Ecart.Embedded;
using Ecart.MariaDb.Writing;
using Ecart.Numerics;
using Ecart.Scoring;
using Ecart.Streaming.Live;
using Ecart.Streaming.Pipeline;
using Ecart.Streaming.Sources;
using Ecart.Streaming.Tests.Pipeline;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Streaming.Tests.Live;

/// <summary>The server, its connections or the lanes are taken away from a live run.</summary>
public sealed class LiveFailureTests(MariaDbFixture shared)
{
    [Theory]
    [InlineData(101, 15)]
    [InlineData(102, 1)]
    public async Task Run_CommitsOfUnknownOutcome_EachItemOnceAndToldOnce(ulong seed, int batchSize)
    {
        List<ReplayItem> items = [.. CardStream.Mixed(seed).Take(batchSize == 1 ? 250 : int.MaxValue)];
        ReplayDatabase database = await ReplayDatabase.CreateAsync(shared);
        int lost = 0;
        await using var proxy = new LossyProxy(database.ConnectionString, number =>
        {
            LossyProxy.Loss loss = number % 3 == 0 ? LossyProxy.Loss.BeforeAnswer : number % 5 == 0 ? LossyProxy.Loss.BeforeServer : LossyProxy.Loss.None;
            if (loss == LossyProxy.Loss.BeforeAnswer) Interlocked.Increment(ref lost);
            return loss;
        });
        var through = new ReplayDatabase(proxy.ConnectionString) { Pipeline = database.Pipeline with { BatchSize = batchSize } };
        await using LiveHarness live = await LiveHarness.StartAsync(through);

        await live.EnterAsync(items);
        Assert.Equal(ExpectedOutcomes.Of(items), await live.OutcomesAsync());
        await live.StopAsync();

        live.AssertToldOnce();
        Assert.True(lost > 10, $"{lost} of {proxy.Commits} answers lost");
        await AssertEqualsReplayAsync(items, database);
    }

    [Theory]
    [InlineData(103)]
    [InlineData(104)]
    public async Task Run_ConnectionsKilledAndReloads_EachItemOnceAndToldOnce(ulong seed)
    {
        List<ReplayItem> items = CardStream.Mixed(seed);
        var random = new SeededRandom(seed);
        int failures = 0;
        ReplayDatabase database = (await ReplayDatabase.CreateAsync(shared)).With(
            committer: new BatchCommitterOptions { Retrying = (_, _) => Interlocked.Increment(ref failures) });
        var orders = Channel.CreateUnbounded<int>();
        Task<int> killer = ConnectionKiller.RunAsync(database.ConnectionString, orders.Reader);
        await using LiveHarness live = await LiveHarness.StartAsync(database);

        foreach (ReplayItem item in items)
        {
            await live.EnterAsync(item);
            if (random.Chance(0.1)) orders.Writer.TryWrite(random.Next(1000));
            if (random.Chance(0.01)) live.Pipeline.Reload();
        }

        Assert.Equal(ExpectedOutcomes.Of(items), await live.OutcomesAsync());
        orders.Writer.Complete();
        int killed = await killer;
        await live.StopAsync();

        live.AssertToldOnce();
        Assert.True(killed > 20 && failures > 5, $"{killed} killed, {failures} failures");
        await AssertEqualsReplayAsync(items, database);
    }

    [Fact]
    public async Task Run_ServerRestartsMeanwhile_EachItemOnceAndToldOnce()
    {
        List<ReplayItem> items = CardStream.Mixed(105, accounts: 30, days: 8);
        using TestFolder folder = TestFolder.Create("live");
        EmbeddedMariaDb server = await StartAsync(folder);
        try
        {
            int failures = 0;
            var database = new ReplayDatabase(server.ConnectionString)
            {
                Committer = new BatchCommitterOptions { Retrying = (_, _) => Interlocked.Increment(ref failures) },
            };
            await database.MigrateAsync();
            await using (LiveHarness live = await LiveHarness.StartAsync(database))
            {
                await live.EnterAsync(items.Take(items.Count / 3));
                await server.DisposeAsync();
                Task entering = live.EnterAsync(items.Skip(items.Count / 3));
                server = await StartAsync(folder);
                await entering;
                Assert.Equal(ExpectedOutcomes.Of(items), await live.OutcomesAsync());
                await live.StopAsync();
                live.AssertToldOnce();
            }

            Assert.True(failures > 0);
            await AssertEqualsReplayAsync(items, database);
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    [Fact]
    public async Task Run_AnotherProcessTakesTheLanes_AbandonsEverythingUnfinished()
    {
        ReplayDatabase database = (await ReplayDatabase.CreateAsync(shared)).With(new PipelineOptions { BatchSize = 1 });
        List<ReplayItem> items = CardStream.Items(CardStream.Events(106, 20, 10));
        await using LiveHarness live = await LiveHarness.StartAsync(database);
        await live.EnterAsync(items.Take(100));
        await live.OutcomesAsync();

        await using (HeldLanes other = await HeldLanes.TakeAsync(database.ConnectionString, takeOver: true))
        {
            // Two in flight, one scored, two ahead, one with the gatherer, two waiting: all that can be handed in while nothing commits.
            await live.EnterAsync(items.Skip(100).Take(8));
            await other.ReleaseAsync();
        }

        await Assert.ThrowsAsync<FencedException>(() => live.Running);

        Told[] outcomes = await live.OutcomesAsync();
        live.AssertToldOnce();
        Assert.All(outcomes.Take(100), outcome => Assert.Equal(Told.Stored, outcome));
        Assert.All(outcomes.Skip(100), outcome => Assert.Equal(Told.Abandoned, outcome));
        Assert.Equal(100, await database.CountAsync("SELECT COUNT(*) FROM financial_transactions"));
        Assert.False(live.Pipeline.Intake.TryEnter(new IntakeItem(items[^1], null, null)));
        Assert.False(live.Pipeline.IsReady);
    }

    [Fact]
    public async Task Run_EngineCannotBeMade_AbandonsWhatWasHandedInAndTakesNoMore()
    {
        ReplayDatabase database = await ReplayDatabase.CreateAsync(shared);
        List<ReplayItem> items = CardStream.Items(CardStream.Events(107, 10, 5));
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var pipeline = new LivePipeline(
            database.ConnectionString,
            new DomainStore(database.ConnectionString, static () => new TransactionTable()),
            async _ =>
            {
                await goOn.Task;
                throw new StateFormatException("not to be read");
            },
            database.Pipeline,
            database.Committer,
            database.Clock);
        Task running = pipeline.RunAsync([], TestContext.Current.CancellationToken);
        var receipts = items.Take(60).Select((item, i) => new RecordedReceipt(new ReplayItemText(i, item))).ToList();

        foreach (RecordedReceipt receipt in receipts)
            await pipeline.Intake.EnterAsync(new IntakeItem(receipt.Item.Item, null, receipt), TestContext.Current.CancellationToken);
        goOn.SetResult();
        await Assert.ThrowsAsync<StateFormatException>(() => running);

        Assert.All(receipts, receipt => Assert.Equal((1, Told.Abandoned), (receipt.Calls, receipt.Outcome.Result)));
        Assert.False(pipeline.Intake.TryEnter(new IntakeItem(items[0], null, null)));
    }

    [Fact]
    public async Task Run_StoreGoneForGood_StoredMeansStoredAndTheRestIsAbandoned()
    {
        ReplayDatabase database = await ReplayDatabase.CreateAsync(shared);
        List<ReplayItem> items = CardStream.Items(CardStream.Events(108, 20, 10));
        LossyProxy? proxy = null;
        proxy = new LossyProxy(database.ConnectionString, number =>
        {
            if (number != 12) return LossyProxy.Loss.None;
            proxy!.Close();
            return LossyProxy.Loss.BeforeServer;
        });
        await using LossyProxy closing = proxy;
        var through = new ReplayDatabase(proxy.ConnectionString)
        {
            Pipeline = new PipelineOptions { BatchSize = 5 },
            Committer = new BatchCommitterOptions { GiveUpAfter = TimeSpan.FromSeconds(1) },
        };
        await using LiveHarness live = await LiveHarness.StartAsync(through);

        Task entering = live.EnterAsync(items);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => live.Running);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => entering);

        Told[] outcomes = await live.OutcomesAsync();
        live.AssertToldOnce();
        Assert.Equal(outcomes.Length, outcomes.Count(outcome => outcome is Told.Stored or Told.Abandoned));
        Assert.Equal(outcomes.Count(outcome => outcome == Told.Stored), await database.CountAsync("SELECT COUNT(*) FROM financial_transactions"));
    }

    private async Task AssertEqualsReplayAsync(List<ReplayItem> items, ReplayDatabase database)
    {
        ReplayDatabase replayed = await ReplayDatabase.CreateAsync(shared);
        await replayed.ReplayAsync(items);
        StoredRows expected = await replayed.ReadAsync();
        StoredRows actual = await database.ReadAsync();
        foreach (string table in expected.ByTable.Keys.Except(["consumer_offsets"])) Assert.Equal(expected.ByTable[table], actual.ByTable[table]);
    }

    private static Task<EmbeddedMariaDb> StartAsync(TestFolder folder) => EmbeddedMariaDb.StartAsync(
        new EmbeddedMariaDbOptions
        {
            DataFolder = Path.Combine(folder.Path, "data"),
            BufferPoolBytes = 128 << 20,
            LogFileBytes = 16 << 20,
            VectorCacheBytes = 16 << 20,
        },
        cancellationToken: TestContext.Current.CancellationToken);
}
