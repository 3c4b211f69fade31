using Ecart.Domains.Transactions;
using Ecart.Scoring;
using Ecart.Streaming.Pipeline;
using Ecart.Streaming.Sources;
using Ecart.Streaming.Tests.Pipeline;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Streaming.Tests.Live;

/// <summary>A live run that nothing disturbs: what it stores, and what it tells.</summary>
public sealed class LiveOutcomeTests(MariaDbFixture server)
{
    [Fact]
    public async Task Run_MixedStream_StoresWhatAnEngineAloneSaysAndTellsEachItemOnce()
    {
        ReplayDatabase database = await ReplayDatabase.CreateAsync(server);
        List<ReplayItem> items = CardStream.Mixed(81);
        EngineAlone alone = EngineAlone.Run(items, database.Options);
        await using LiveHarness live = await LiveHarness.StartAsync(database);

        await live.EnterAsync(items);
        Told[] outcomes = await live.OutcomesAsync();
        await live.StopAsync();

        Assert.Equal(ExpectedOutcomes.Of(items), outcomes);
        Assert.Equal(Enum.GetValues<Told>().Except([Told.Abandoned]), outcomes.Distinct().Order());
        live.AssertToldOnce();
        Dictionary<string, StoredVerdict> stored = await StoredVerdict.ReadAllAsync(database.ConnectionString);
        Assert.Equal(alone.Verdicts.Count, stored.Count);
        foreach ((string uid, ScoredEvent scored) in alone.Verdicts) stored[uid].AssertSame(in scored);
        foreach (RecordedReceipt receipt in live.Receipts.Where(receipt => receipt.Outcome.Result == Told.Stored))
        {
            StoredVerdict verdict = stored[receipt.Item.Item.Event!.EventUid];
            Assert.Equal((verdict.Lane, verdict.Seq, verdict.Score), receipt.Place);
        }

        Assert.Equal(alone.Labels, await database.CountAsync("SELECT COUNT(*) FROM event_labels"));
        Assert.Equal(alone.Rejected, await database.CountAsync("SELECT COUNT(*) FROM rejected_events"));
    }

    [Fact]
    public async Task Run_LiveAndReplay_StoreTheSameRows()
    {
        List<ReplayItem> items = CardStream.Mixed(82);
        ReplayDatabase replayed = await ReplayDatabase.CreateAsync(server);
        await replayed.ReplayAsync(items);
        ReplayDatabase database = await ReplayDatabase.CreateAsync(server);
        await using LiveHarness live = await LiveHarness.StartAsync(database);

        await live.EnterAsync(items);
        await live.StopAsync();

        StoredRows expected = await replayed.ReadAsync();
        StoredRows actual = await database.ReadAsync();
        foreach (string table in expected.ByTable.Keys.Except(["consumer_offsets"])) Assert.Equal(expected.ByTable[table], actual.ByTable[table]);
    }

    [Fact]
    public async Task Run_QuietStream_TellsWithoutWaitingForTheNextItem()
    {
        ReplayDatabase database = await ReplayDatabase.CreateAsync(server);
        List<TransactionEvent> events = CardStream.Events(83, 10, 5);
        await using LiveHarness live = await LiveHarness.StartAsync(database);

        foreach (ReplayItem item in CardStream.Items(events.Take(20)))
        {
            RecordedReceipt receipt = await live.EnterAsync(item);
            Assert.Equal(Told.Stored, await receipt.Outcome.WaitAsync(TestContext.Current.CancellationToken));
            Assert.Equal(1, await database.CountAsync(
                $"SELECT COUNT(*) FROM financial_transactions WHERE transaction_id = '{item.Event!.EventUid}' AND seq = {receipt.Place.Seq}"));
        }

        await live.StopAsync();
        live.AssertToldOnce();
    }

    [Fact]
    public async Task Run_LabelsAndRepetitionsOfEventsInFlight_AreAppliedAndKnown()
    {
        ReplayDatabase database = (await ReplayDatabase.CreateAsync(server)).With(new PipelineOptions { BatchSize = 4, BatchesInFlight = 3 });
        List<TransactionEvent> events = [.. CardStream.Events(84, 10, 5).Take(60)];
        await using LiveHarness live = await LiveHarness.StartAsync(database);

        foreach (TransactionEvent transaction in events)
        {
            int line = live.Receipts.Count + 1;
            await live.EnterAsync(new ReplayItem(transaction, null, null, "stream", line));
            await live.EnterAsync(CardStream.Item(CardStream.LabelOf(transaction, true), line + 1));
            await live.EnterAsync(new ReplayItem(CardStream.Copy(transaction), null, null, "stream", line + 2));
            await live.EnterAsync(new ReplayItem(CardStream.Copy(transaction, more: 1), null, null, "stream", line + 3));
            await live.EnterAsync(CardStream.Item(CardStream.LabelOf(transaction, true), line + 4));
        }

        Told[] expected = [Told.Stored, Told.Applied, Told.Known, Told.Rejected, Told.Known];
        Assert.All((await live.OutcomesAsync()).Chunk(5), chunk => Assert.Equal(expected, chunk));
        await live.StopAsync();
        live.AssertToldOnce();
        Assert.Equal(60, await database.CountAsync("SELECT COUNT(*) FROM financial_transactions WHERE is_confirmed_fraud = 1"));
    }

    [Fact]
    public async Task Run_Cancelled_DrainsWhatWasHandedIn()
    {
        ReplayDatabase database = await ReplayDatabase.CreateAsync(server);
        List<ReplayItem> items = CardStream.Mixed(85);
        await using LiveHarness live = await LiveHarness.StartAsync(database);

        await live.EnterAsync(items);
        await live.StopAsync();

        Assert.All(live.Receipts, receipt => Assert.True(receipt.Outcome.IsCompletedSuccessfully, receipt.Item.ToString()));
        Assert.Equal(ExpectedOutcomes.Of(items), await live.OutcomesAsync());
        live.AssertToldOnce();
        Assert.False(live.Pipeline.IsReady);
        Assert.False(live.Pipeline.Intake.TryEnter(new Streaming.Live.IntakeItem(items[0], null, null)));
        Assert.Equal(0, await database.CountAsync("SELECT COUNT(*) FROM lanes WHERE checkpoint_seq <> seq"));
    }
}
