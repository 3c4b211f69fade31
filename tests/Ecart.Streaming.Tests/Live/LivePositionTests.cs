using System.Threading.Channels;
using Ecart.Domains.Transactions;
using Ecart.MariaDb.Writing;
using Ecart.Numerics;
using Ecart.Streaming.Live;
using Ecart.Streaming.Sources;
using Ecart.Streaming.Tests.Pipeline;
using Ecart.TestKit;
using MySqlConnector;
using Xunit;

namespace Ecart.Streaming.Tests.Live;

/// <summary>Positions of several sources and partitions move with their items: never beyond one that is not durable, never behind one that is.</summary>
public sealed class LivePositionTests(MariaDbFixture server)
{
    /// <summary>At one moment: what is durable of each partition, and where it is read on. Uids are <c>source/partition/offset</c>.</summary>
    private const string Differences =
        """
        SELECT COUNT(*) FROM (
            SELECT stream, COUNT(*) AS items, MAX(place) + 1 AS next FROM (
                SELECT SUBSTRING_INDEX(transaction_id, '/', 2) AS stream, CAST(SUBSTRING_INDEX(transaction_id, '/', -1) AS INT) AS place
                FROM financial_transactions
                UNION ALL
                SELECT SUBSTRING_INDEX(event_uid, '/', 2), CAST(SUBSTRING_INDEX(event_uid, '/', -1) AS INT) FROM rejected_events) durable
            GROUP BY stream) d
        LEFT JOIN (
            SELECT CONCAT(source, '/', partition_id) AS stream, MIN(next_offset) AS low, MAX(next_offset) AS high, COUNT(*) AS lanes
            FROM consumer_offsets GROUP BY source, partition_id) o USING (stream)
        WHERE d.items <> d.next OR NOT (o.low <=> d.next) OR NOT (o.high <=> d.next) OR NOT (o.lanes <=> 64)
        """;

    [Fact]
    public async Task Run_ManyPartitionsDisturbed_PositionsAreAlwaysWhatIsDurable()
    {
        ReplayDatabase database = await ReplayDatabase.CreateAsync(server);
        var random = new SeededRandom(111);
        var next = new Dictionary<(string Source, int Partition), long>();
        var orders = Channel.CreateUnbounded<int>();
        Task<int> killer = ConnectionKiller.RunAsync(database.ConnectionString, orders.Reader);
        await using LiveHarness live = await LiveHarness.StartAsync(database);
        Task<int> watching = WatchAsync(database.ConnectionString, live.Running);

        foreach (TransactionEvent transaction in CardStream.Events(112, 30, 12))
        {
            (string Source, int Partition) stream = random.Chance(0.5) ? ("topic", random.Next(4)) : ("file", 0);
            long offset = next.GetValueOrDefault(stream);
            next[stream] = offset + 1;
            bool isBad = random.Chance(0.01);
            TransactionEvent copy = CardStream.Copy(
                transaction, uid: $"{stream.Source}/{stream.Partition}/{offset}", city: isBad ? new string('x', 129) : null);
            await live.EnterAsync(
                new ReplayItem(copy, null, null, stream.Source, offset), new SourcePosition(stream.Source, stream.Partition, offset + 1));
            if (random.Chance(0.03)) orders.Writer.TryWrite(random.Next(1000));
            if (random.Chance(0.01)) live.Pipeline.Reload();
        }

        orders.Writer.Complete();
        await killer;
        await live.OutcomesAsync();
        await live.StopAsync();
        int looks = await watching;

        live.AssertToldOnce();
        Assert.True(looks > 10, $"{looks} looks");
        Assert.Equal(0, await database.CountAsync(Differences));
        Assert.Contains(live.Receipts, receipt => receipt.Outcome.Result == Told.Rejected);
        foreach (IGrouping<string, KeyValuePair<(string Source, int Partition), long>> source in next.GroupBy(stream => stream.Key.Source))
        {
            Assert.Equal(
                source.ToDictionary(stream => stream.Key.Partition, stream => stream.Value),
                await live.Pipeline.Intake.ReadPositionsAsync(source.Key, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Run_ItemsThatChangeNothing_MoveTheirPositionsToo()
    {
        ReplayDatabase database = await ReplayDatabase.CreateAsync(server);
        TransactionEvent transaction = CardStream.Events(113, 10, 5)[0];
        await using LiveHarness live = await LiveHarness.StartAsync(database);

        for (int i = 0; i < 3; i++)
        {
            var item = new ReplayItem(CardStream.Copy(transaction, more: i / 2), null, null, "topic", i);
            RecordedReceipt receipt = await live.EnterAsync(item, new SourcePosition("topic", 7, i + 1));
            await receipt.Outcome.WaitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(64, await database.CountAsync($"SELECT COUNT(*) FROM consumer_offsets WHERE partition_id = 7 AND next_offset = {i + 1}"));
        }

        Assert.Equal([Told.Stored, Told.Known, Told.Rejected], await live.OutcomesAsync());
    }

    private static async Task<int> WatchAsync(string connectionString, Task running)
    {
        var settings = new MySqlConnectionStringBuilder(connectionString);
        string database = settings.Database;
        // Another database: the connection is out of reach of those that kill.
        settings.Database = "mysql";
        await using MySqlConnection connection = await StoreSession.OpenAsync(settings.ConnectionString, TestContext.Current.CancellationToken);
        string sql = Differences.Replace("FROM financial", $"FROM `{database}`.financial", StringComparison.Ordinal)
            .Replace("FROM rejected", $"FROM `{database}`.rejected", StringComparison.Ordinal)
            .Replace("FROM consumer", $"FROM `{database}`.consumer", StringComparison.Ordinal);
        int looks = 0;
        for (; !running.IsCompleted; looks++)
        {
            // One statement sees one moment.
            await using var command = new MySqlCommand(sql, connection);
            Assert.Equal(0L, await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        }

        return looks;
    }
}
