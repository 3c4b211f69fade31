using Ecart.Domains.Transactions;
using Ecart.Scoring;
using Ecart.Streaming.Pipeline;
using Ecart.Streaming.Sources;
using Ecart.Streaming.Tests.Pipeline;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Streaming.Tests.Live;

/// <summary>The state is built again while the service runs: because the server refused a row, or because people changed the configuration.</summary>
public sealed class LiveRebuildTests(MariaDbFixture server)
{
    [Fact]
    public async Task Run_RefusedRows_RejectsThemAndScoresTheRestAsIfTheyHadNeverBeen()
    {
        List<TransactionEvent> good = CardStream.Events(91, 15, 6);
        var events = new List<TransactionEvent>(good);
        int[] places = [good.Count, 150, 111, 110, 74, 73, 37, 0];
        foreach (int i in places)
        {
            TransactionEvent like = good[Math.Min(i, good.Count - 1)];
            events.Insert(i, CardStream.Copy(like, more: 70_000, uid: $"bad {i}", city: new string('x', 129)));
        }

        EngineAlone alone = EngineAlone.Run(CardStream.Items(good), CardStream.Options);
        ReplayDatabase database = await ReplayDatabase.CreateAsync(server);
        await using LiveHarness live = await LiveHarness.StartAsync(database);

        await live.EnterAsync(CardStream.Items(events));
        Told[] outcomes = await live.OutcomesAsync();
        await live.StopAsync();

        Assert.Equal(events.Select(transaction => transaction.EventUid.StartsWith("bad", StringComparison.Ordinal) ? Told.Rejected : Told.Stored), outcomes);
        live.AssertToldOnce();
        Dictionary<string, StoredVerdict> stored = await StoredVerdict.ReadAllAsync(database.ConnectionString);
        Assert.Equal(good.Count, stored.Count);
        foreach ((string uid, ScoredEvent scored) in alone.Verdicts) stored[uid].AssertSame(in scored);
        Assert.Equal(places.Length, await database.CountAsync("SELECT COUNT(*) FROM rejected_events WHERE reason = 'refused_by_store'"));
    }

    [Fact]
    public async Task Run_RefusedRowOnAQuietStream_IsToldWithoutWaitingForTheNextItem()
    {
        ReplayDatabase database = await ReplayDatabase.CreateAsync(server);
        List<TransactionEvent> events = CardStream.Events(92, 10, 5);
        TransactionEvent bad = CardStream.Copy(events[1], city: new string('x', 129));
        await using LiveHarness live = await LiveHarness.StartAsync(database);

        await live.EnterAsync(CardStream.Items([events[0], bad]));
        Told[] outcomes = await live.OutcomesAsync();
        RecordedReceipt corrected = await live.EnterAsync(CardStream.Items([events[1]])[0]);

        Assert.Equal([Told.Stored, Told.Rejected], outcomes);
        Assert.Contains("city", live.Receipts[1].Cause, StringComparison.Ordinal);
        Assert.Equal(Told.Stored, await corrected.Outcome.WaitAsync(TestContext.Current.CancellationToken));
        await live.StopAsync();
        live.AssertToldOnce();
    }

    [Fact]
    public async Task Reload_OverAndOver_LosesNothingAndChangesNoVerdict()
    {
        ReplayDatabase database = await ReplayDatabase.CreateAsync(server);
        List<ReplayItem> items = CardStream.Mixed(93);
        EngineAlone alone = EngineAlone.Run(items, database.Options);
        int engines = 0;
        await using LiveHarness live = await LiveHarness.StartAsync(database, _ =>
        {
            Interlocked.Increment(ref engines);
            return Task.FromResult<IDomainEngine>(new TransactionEngine(database.Options));
        });

        foreach (ReplayItem item in items)
        {
            await live.EnterAsync(item);
            if (live.Receipts.Count % 60 == 0) live.Pipeline.Reload();
        }

        Assert.Equal(ExpectedOutcomes.Of(items), await live.OutcomesAsync());
        await live.StopAsync();
        live.AssertToldOnce();
        Assert.True(engines > 5, $"{engines} engines");
        Dictionary<string, StoredVerdict> stored = await StoredVerdict.ReadAllAsync(database.ConnectionString);
        Assert.Equal(alone.Verdicts.Count, stored.Count);
        foreach ((string uid, ScoredEvent scored) in alone.Verdicts) stored[uid].AssertSame(in scored);
    }

    [Fact]
    public async Task Reload_RepetitionsLookedUpBeforeTheirEventsWereCommitted_AreKnown()
    {
        ReplayDatabase database = (await ReplayDatabase.CreateAsync(server))
            .With(new PipelineOptions { BatchSize = 1, BatchesInFlight = 1, BatchesAhead = 2 });
        TransactionEvent transaction = CardStream.Events(94, 10, 5)[0];
        await using LiveHarness live = await LiveHarness.StartAsync(database);
        await using HeldLanes held = await HeldLanes.TakeAsync(database.ConnectionString);

        // One in flight, one scored, two ahead, two waiting: all that can be handed in while nothing commits.
        for (int i = 0; i < 6; i++) await live.EnterAsync(new ReplayItem(CardStream.Copy(transaction), null, null, "stream", i + 1));
        live.Pipeline.Reload();
        await held.ReleaseAsync();

        Assert.Equal([Told.Stored, .. Enumerable.Repeat(Told.Known, 5)], await live.OutcomesAsync());
        await live.StopAsync();
        live.AssertToldOnce();
    }

    [Fact]
    public async Task Reload_ConfigurationChanged_TakesEffectForLaterEvents()
    {
        ReplayDatabase database = await ReplayDatabase.CreateAsync(server);
        List<ReplayItem> items = CardStream.Items(CardStream.Events(95, 10, 6));
        int version = 1;
        var second = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using LiveHarness live = await LiveHarness.StartAsync(database, _ =>
        {
            if (version == 2) second.TrySetResult();
            return Task.FromResult<IDomainEngine>(new TransactionEngine(database.Options, version));
        });

        await live.EnterAsync(items.Take(50));
        await live.OutcomesAsync();
        version = 2;
        live.Pipeline.Reload();
        await second.Task.WaitAsync(TestContext.Current.CancellationToken);
        await live.EnterAsync(items.Skip(50).Take(50));
        Told[] outcomes = await live.OutcomesAsync();
        await live.StopAsync();

        Assert.All(outcomes, outcome => Assert.Equal(Told.Stored, outcome));
        foreach ((int expected, IEnumerable<ReplayItem> part) in new[] { (1, items.Take(50)), (2, items.Skip(50).Take(50)) })
        {
            string uids = string.Join(',', part.Select(item => $"'{item.Event!.EventUid}'"));
            Assert.Equal(50, await database.CountAsync(
                $"SELECT COUNT(*) FROM financial_transactions WHERE configuration_version = {expected} AND transaction_id IN ({uids})"));
        }
    }

    [Fact]
    public async Task Run_CancelledDuringAReload_DrainsNevertheless()
    {
        ReplayDatabase database = await ReplayDatabase.CreateAsync(server);
        List<ReplayItem> items = CardStream.Items(CardStream.Events(96, 10, 6).Take(30));
        var reloading = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int engines = 0;
        await using LiveHarness live = await LiveHarness.StartAsync(database, async cancellation =>
        {
            if (Interlocked.Increment(ref engines) == 2)
            {
                reloading.SetResult();
                await goOn.Task.WaitAsync(cancellation);
            }

            return new TransactionEngine(database.Options);
        });

        live.Pipeline.Reload();
        await reloading.Task.WaitAsync(TestContext.Current.CancellationToken);
        await live.EnterAsync(items);
        Task stopping = live.StopAsync();
        goOn.SetResult();
        await stopping;

        Assert.All(await live.OutcomesAsync(), outcome => Assert.Equal(Told.Stored, outcome));
        live.AssertToldOnce();
    }
}
