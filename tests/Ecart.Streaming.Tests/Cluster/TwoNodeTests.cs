using Ecart.Domains.Transactions;
using Ecart.Streaming.Sources;
using Ecart.Streaming.Sources.Kafka;
using Ecart.Streaming.Tests.Live;
using Ecart.Streaming.Tests.Pipeline;
using Ecart.Streaming.Tests.Sources.Kafka;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Streaming.Tests.Cluster;

/// <summary>Two nodes on one database: whoever takes an item in, it is stored once by the owner of its lane, and its sender is told.</summary>
public sealed class TwoNodeTests(MariaDbFixture server)
{
    private const string CountedEvents =
        """
        SELECT COALESCE(SUM(d.events), 0) FROM entity_history h JOIN JSON_TABLE(h.days, '$[*]' COLUMNS (events INT PATH '$[1]')) AS d
        WHERE h.entity_type = 'domain'
        """;

    private const string CountedFrauds =
        """
        SELECT COALESCE(SUM(d.frauds), 0) FROM entity_history h JOIN JSON_TABLE(h.days, '$[*]' COLUMNS (frauds INT PATH '$[2]')) AS d
        WHERE h.entity_type = 'domain'
        """;

    [Fact]
    public async Task Enter_ThroughOneNode_BothStoreAndTheSenderIsToldEverything()
    {
        ReplayDatabase database = await ReplayDatabase.CreateAsync(server);
        List<ReplayItem> items = CardStream.Mixed(91);
        await using RunningNode first = await RunningNode.StartAsync(database);
        await using RunningNode second = await RunningNode.StartAsync(database);
        await first.OwnsAsync(32);
        await second.OwnsAsync(32);

        await first.EnterAsync(items, "stream");
        Told[] outcomes = await first.OutcomesAsync();
        await first.LeaveAsync();
        await second.LeaveAsync();

        Assert.Equal(ExpectedOutcomes.Of(items), outcomes);
        Assert.All(first.Receipts, receipt => Assert.Equal(1, receipt.Calls));
        Assert.True(first.Counters.Committed > 0 && second.Counters.Committed > 0);
        await AssertStoredAsync(database, outcomes);
        Assert.Equal(items.Count, await database.CountAsync("SELECT MIN(next_offset) FROM consumer_offsets WHERE source = 'stream'"));
        Assert.Equal(64, await database.CountAsync("SELECT COUNT(*) FROM consumer_offsets WHERE source = 'stream'"));
    }

    [Fact]
    public async Task Leave_AmidAStream_LanesComeUpElsewhereAndNothingIsLostOrDoubled()
    {
        ReplayDatabase database = await ReplayDatabase.CreateAsync(server);
        List<ReplayItem> items = CardStream.Mixed(92);
        await using RunningNode first = await RunningNode.StartAsync(database);
        RunningNode second = await RunningNode.StartAsync(database);
        await first.OwnsAsync(32);

        await first.EnterAsync(items.Take(items.Count / 2));
        await second.LeaveAsync();
        await first.EnterAsync(items.Skip(items.Count / 2));
        Told[] outcomes = await first.OutcomesAsync();
        await first.OwnsAsync(64);
        await first.LeaveAsync();
        await second.DisposeAsync();

        Assert.Equal(ExpectedOutcomes.Of(items), outcomes);
        await AssertStoredAsync(database, outcomes);
    }

    [Fact]
    public async Task Join_AmidAStream_TakesLanesAndNothingIsLostOrDoubled()
    {
        ReplayDatabase database = await ReplayDatabase.CreateAsync(server);
        List<ReplayItem> items = CardStream.Mixed(93);
        await using RunningNode first = await RunningNode.StartAsync(database);
        await first.OwnsAsync(64);

        await first.EnterAsync(items.Take(items.Count / 2));
        await using RunningNode second = await RunningNode.StartAsync(database);
        await first.EnterAsync(items.Skip(items.Count / 2));
        Told[] outcomes = await first.OutcomesAsync();
        await first.OwnsAsync(32);
        await first.LeaveAsync();
        await second.LeaveAsync();

        Assert.Equal(ExpectedOutcomes.Of(items), outcomes);
        await AssertStoredAsync(database, outcomes);
    }

    /// <summary>One uid for events of accounts on different nodes, at the same moment: whoever commits second is told of the conflict.</summary>
    [Fact]
    public async Task Enter_OneUidWithTwoContentsThroughBothNodes_OneIsStoredAndTheOtherRejected()
    {
        ReplayDatabase database = await ReplayDatabase.CreateAsync(server);
        await using RunningNode first = await RunningNode.StartAsync(database);
        await using RunningNode second = await RunningNode.StartAsync(database);
        await first.OwnsAsync(32);
        await second.OwnsAsync(32);
        List<TransactionEvent> events = CardStream.Events(97, accounts: 30, days: 3);
        List<TransactionEvent> conflicts = [.. events.Select((transaction, i) => CardStream.Copy(transaction, account: $"other {i}"))];

        Task one = first.EnterAsync(CardStream.Items(events), "one");
        await second.EnterAsync(CardStream.Items(conflicts), "two");
        await one;
        Told[] ones = await first.OutcomesAsync();
        Told[] others = await second.OutcomesAsync();
        await first.LeaveAsync();
        await second.LeaveAsync();

        Assert.All(ones.Zip(others), pair => Assert.Equal((Told.Stored, Told.Rejected), pair.First < pair.Second ? pair : (pair.Second, pair.First)));
        Assert.Equal(events.Count, await database.CountAsync("SELECT COUNT(*) FROM financial_transactions"));
        Assert.Equal(events.Count, await database.CountAsync("SELECT COUNT(*) FROM rejected_events"));
    }

    /// <summary>Partitions and lanes move independently of each other, twice, while messages come.</summary>
    [Fact]
    public async Task Kafka_NodeJoinsAndLeaves_EachMessageIsStoredOnceAndPositionsReachTheEnd()
    {
        await using KafkaCase kafka = await KafkaCase.CreateAsync(server, partitions: 4);
        List<TransactionEvent> events = CardStream.Events(96, accounts: 60, days: 10);
        int third = events.Count / 3;
        using WindowedProducer producer = kafka.OpenProducer(kafka.Topic);
        await using RunningNode first = await RunningNode.StartAsync(kafka.Database, kafka.EventSource());

        await kafka.SendAsync(producer, events.Take(third));
        await using RunningNode second = await RunningNode.StartAsync(kafka.Database, kafka.EventSource());
        await kafka.SendAsync(producer, events.Skip(third).Take(third));
        await first.OwnsAsync(32);
        await second.LeaveAsync();
        await kafka.SendAsync(producer, events.Skip(2 * third));
        await producer.WaitUntilReadAsync(kafka.GiveUp);
        await first.OwnsAsync(64);
        await first.LeaveAsync();

        Assert.Equal(events.Count, await kafka.Database.CountAsync("SELECT COUNT(*) FROM financial_transactions"));
        Assert.Equal(events.Count, await kafka.Database.CountAsync("SELECT COUNT(DISTINCT transaction_id) FROM financial_transactions"));
        Assert.Equal(events.Count, await kafka.Database.CountAsync("SELECT SUM(seq) FROM lanes"));
        Assert.Equal(0, await kafka.Database.CountAsync("SELECT COUNT(*) FROM rejected_events"));
        Assert.Equal(await kafka.Database.CountAsync("SELECT COUNT(*) FROM financial_transactions WHERE NOT is_late"), await kafka.Database.CountAsync(CountedEvents));
    }

    /// <summary>Every event once, in a lane without gaps; and whoever folded what, the parts add up to the whole.</summary>
    private static async Task AssertStoredAsync(ReplayDatabase database, Told[] outcomes)
    {
        int stored = outcomes.Count(told => told == Told.Stored);
        Assert.Equal(stored, await database.CountAsync("SELECT COUNT(*) FROM financial_transactions"));
        Assert.Equal(stored, await database.CountAsync("SELECT COUNT(*) FROM event_keys"));
        Assert.Equal(outcomes.Count(told => told == Told.Applied), await database.CountAsync("SELECT COUNT(*) FROM event_labels"));
        Assert.Equal(
            await database.CountAsync("SELECT SUM(seq) FROM lanes"),
            stored + await database.CountAsync("SELECT COUNT(*) FROM event_labels"));
        Assert.Equal(0, await database.CountAsync("SELECT COUNT(*) FROM lanes WHERE checkpoint_seq <> seq"));
        Assert.Equal(await database.CountAsync("SELECT COUNT(*) FROM financial_transactions WHERE NOT is_late"), await database.CountAsync(CountedEvents));
        Assert.Equal(
            await database.CountAsync("SELECT COUNT(*) FROM financial_transactions WHERE NOT is_late AND is_confirmed_fraud"),
            await database.CountAsync(CountedFrauds));
    }
}
