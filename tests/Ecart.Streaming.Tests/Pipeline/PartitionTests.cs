using Ecart.Domains.Transactions;
using Ecart.MariaDb.Schema;
using Ecart.Streaming.Pipeline;
using Ecart.Streaming.Sources;
using Ecart.TestKit;
using MySqlConnector;
using Xunit;

namespace Ecart.Streaming.Tests.Pipeline;

/// <summary>Months of the event tables under a replay.</summary>
public sealed class PartitionTests(MariaDbFixture server)
{
    [Fact]
    public async Task Run_StreamOverAYearsEnd_PutsEveryEventIntoItsMonth()
    {
        ReplayDatabase database = await ReplayDatabase.CreateAsync(server);
        List<TransactionEvent> events = CardStream.Events(91, 15, 6, new DateTime(2024, 12, 29, 0, 0, 0, DateTimeKind.Utc));
        DateTime newYear = new(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        events.Insert(40, CardStream.Copy(events[40], uid: "last moment", at: newYear.AddMicroseconds(-1)));
        events.Insert(41, CardStream.Copy(events[41], uid: "first moment", at: newYear));

        ReplayPipeline pipeline = await database.ReplayAsync(CardStream.Items(events));

        Assert.Equal(events.Count, pipeline.Counters.Committed);
        foreach ((string partition, string condition) in new[] { ("p202412", "< '2025-01-01'"), ("p202501", ">= '2025-01-01'") })
        {
            long inside = await database.CountAsync($"SELECT COUNT(*) FROM financial_transactions PARTITION ({partition}) WHERE occurred_at {condition}");
            Assert.True(inside > 0);
            Assert.Equal(inside, await database.CountAsync($"SELECT COUNT(*) FROM financial_transactions PARTITION ({partition})"));
        }

        Assert.Equal(1, await database.CountAsync("SELECT COUNT(*) FROM financial_transactions PARTITION (p202412) WHERE transaction_id = 'last moment'"));
        Assert.Equal(1, await database.CountAsync("SELECT COUNT(*) FROM financial_transactions PARTITION (p202501) WHERE transaction_id = 'first moment'"));
    }

    [Fact]
    public async Task Run_MonthsMadeAhead_LeavesThemAsTheyAre()
    {
        ReplayDatabase database = await ReplayDatabase.CreateAsync(server);
        DateTime start = new(2025, 1, 29, 0, 0, 0, DateTimeKind.Utc);
        await using (var connection = new MySqlConnection(database.ConnectionString))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await PartitionPlanner.EnsureAsync(connection, EventTable.Transactions, start.AddMonths(-2), start.AddMonths(6), TestContext.Current.CancellationToken);
        }

        const string Partitions = "SELECT COUNT(*) FROM information_schema.partitions WHERE table_schema = DATABASE() AND table_name = 'financial_transactions'";
        long before = await database.CountAsync(Partitions);
        await database.ReplayAsync(CardStream.Items(CardStream.Events(92, 10, 6, start)));

        Assert.Equal(before, await database.CountAsync(Partitions));
        Assert.Equal(0, await database.CountAsync("SELECT COUNT(*) FROM financial_transactions PARTITION (p_max)"));
    }

    [Fact]
    public async Task Run_OldMonthsDroppedMeanwhile_GoesOnAsIfTheyWereThere()
    {
        List<ReplayItem> items = CardStream.Items(CardStream.Events(93, 10, 40, new DateTime(2025, 1, 10, 0, 0, 0, DateTimeKind.Utc)));
        int half = items.FindIndex(item => item.Event!.OccurredAt.Month == 2) + 300;
        ReplayDatabase unbroken = await ReplayDatabase.CreateAsync(server);
        await unbroken.ReplayAsync(items);
        ReplayDatabase database = await ReplayDatabase.CreateAsync(server);
        await database.ReplayUntilAsync(items, half);
        await using (var connection = new MySqlConnection(database.ConnectionString))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            Assert.Single(await EventRetention.DropBeforeAsync(connection, new DateOnly(2025, 2, 1), TestContext.Current.CancellationToken));
        }

        await database.ReplayAsync(items);

        Dictionary<string, StoredVerdict> kept = await StoredVerdict.ReadAllAsync(database.ConnectionString);
        Dictionary<string, StoredVerdict> expected = await StoredVerdict.ReadAllAsync(unbroken.ConnectionString);
        string[] february = [.. items.Where(item => item.Event!.OccurredAt.Month == 2).Select(item => item.Event!.EventUid)];
        Assert.Equal(february.Order(), kept.Keys.Order());
        foreach (string uid in february) Assert.Equal(expected[uid] with { Reasons = [] }, kept[uid] with { Reasons = [] });
        Assert.Equal((await unbroken.ReadAsync()).ByTable["entity_state"], (await database.ReadAsync()).ByTable["entity_state"]);
    }
}
