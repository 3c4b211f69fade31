using System.Globalization;
using Ecart.MariaDb.Schema;
using Ecart.TestKit;
using MySqlConnector;
using Xunit;

namespace Ecart.MariaDb.Tests.Schema;

public sealed class PartitionPlannerTests(MariaDbFixture server) : IAsyncLifetime
{
    private ScratchDatabase database = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => database = await ScratchDatabase.MigrateAsync(server);

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task EnsureAsync_OldFileThenLiveMonths_EachMonthIsPrunable()
    {
        await EnsureAsync(EventTable.Transactions, "2018-04-01", "2018-08-31");
        await EnsureAsync(EventTable.Transactions, "2026-11-05", "2026-11-05");
        await EnsureAsync(EventTable.Transactions, "2018-05-01", "2018-09-30");

        Assert.Equal(
            "p_min p201804 p201805 p201806 p201807 p201808 p201809 gap_201810 p202611 p_max",
            await PartitionsAsync(EventTable.Transactions));
        IReadOnlyList<string> plan = await database.QueryAsync(
            "EXPLAIN PARTITIONS SELECT * FROM financial_transactions WHERE occurred_at >= '2018-06-01' AND occurred_at < '2018-07-01'");
        Assert.Contains("p201806", plan[0]);
        Assert.DoesNotContain("p201805", plan[0]);
        Assert.DoesNotContain("p201807", plan[0]);
    }

    [Fact]
    public async Task EnsureAsync_NoTableNamed_CoversEveryEventTable()
    {
        await using MySqlConnection connection = await database.OpenAsync();
        await PartitionPlanner.EnsureAsync(connection, Time("2026-11-01"), Time("2026-12-31"), Cancellation);

        foreach (string table in EventTable.All)
            Assert.Equal("p_min p202611 p202612 p_max", await PartitionsAsync(table));
    }

    [Fact]
    public async Task EnsureAsync_RowsAlreadyInTheGap_MoveToTheirMonth()
    {
        await InsertAsync(1, "2018-04-10");
        await InsertAsync(2, "2018-05-10");

        await EnsureAsync(EventTable.Transactions, "2018-04-01", "2018-04-30");

        Assert.Equal(["1"], await database.QueryAsync("SELECT seq FROM financial_transactions PARTITION (p201804)"));
        Assert.Equal(["2"], await database.QueryAsync("SELECT seq FROM financial_transactions PARTITION (p_max)"));
    }

    [Fact]
    public async Task EnsureAsync_TwoAtOnce_BothSucceed()
    {
        await Task.WhenAll(Enumerable.Range(1, 4).Select(i => EnsureAsync(EventTable.Iot, $"2020-0{i}-01", $"2020-0{i + 2}-01")));

        Assert.Equal("p_min p202001 p202002 p202003 p202004 p202005 p202006 p_max", await PartitionsAsync(EventTable.Iot));
    }

    [Theory]
    [InlineData("2018-04-01", "2018-03-01")]
    [InlineData("1918-04-01", "2018-04-01")]
    public async Task EnsureAsync_AbsurdRange_IsRefused(string from, string to) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => EnsureAsync(EventTable.Transactions, from, to));

    [Fact]
    public async Task DropBeforeAsync_OldMonths_GoWithTheirKeysAndLabels()
    {
        await EnsureAsync(EventTable.Transactions, "2018-04-01", "2018-08-31");
        await InsertAsync(1, "2018-04-10");
        await InsertAsync(2, "2018-05-31");
        await InsertAsync(3, "2018-06-01");
        await InsertAsync(4, "2001-01-01");
        await database.ExecuteAsync("UPDATE lanes SET checkpoint_seq = 10");
        await database.ExecuteAsync(
            """
            INSERT INTO exception_hits (exception_id, occurred_at, domain, lane, seq, event_uid, entity_type, entity_id, score, severity)
            SELECT 7, occurred_at, 'transactions', lane, seq, transaction_id, 'account', account_id, 0.6, 'medium' FROM financial_transactions
            """);

        IReadOnlyList<string> dropped = await DropBeforeAsync("2018-06-15");

        Assert.Equal(
            ["financial_transactions.p_min", "financial_transactions.p201804", "financial_transactions.p201805"], dropped);
        Assert.Equal("p_min p201806 p201807 p201808 p_max", await PartitionsAsync(EventTable.Transactions));
        Assert.Equal(["3"], await database.QueryAsync("SELECT seq FROM financial_transactions"));
        Assert.Equal(["3"], await database.QueryAsync("SELECT seq FROM event_keys"));
        Assert.Equal(["3"], await database.QueryAsync("SELECT seq FROM event_labels"));
        Assert.Equal(["3"], await database.QueryAsync("SELECT seq FROM exception_hits"));
    }

    [Fact]
    public async Task DropBeforeAsync_Repeated_FindsNothing()
    {
        await EnsureAsync(EventTable.Transactions, "2018-04-01", "2018-08-31");
        await DropBeforeAsync("2018-06-01");

        Assert.Empty(await DropBeforeAsync("2018-06-01"));
        Assert.Equal("p_min p201806 p201807 p201808 p_max", await PartitionsAsync(EventTable.Transactions));
    }

    [Fact]
    public async Task DropBeforeAsync_ThenTheOldFileAgain_HasItsMonthsAgain()
    {
        await EnsureAsync(EventTable.Transactions, "2018-04-01", "2018-06-30");
        await DropBeforeAsync("2018-06-01");
        await InsertAsync(1, "2018-04-10");
        await EnsureAsync(EventTable.Transactions, "2018-04-01", "2018-05-31");

        Assert.Equal("p_min p201804 p201805 p201806 p_max", await PartitionsAsync(EventTable.Transactions));
        Assert.Equal(["1"], await database.QueryAsync("SELECT seq FROM financial_transactions PARTITION (p201804)"));
    }

    [Fact]
    public async Task DropBeforeAsync_EventsThatNoCheckpointIncludes_StayAndAreNamed()
    {
        await EnsureAsync(EventTable.Transactions, "2018-04-01", "2018-06-30");
        await InsertAsync(5, "2018-04-10");
        await database.ExecuteAsync("UPDATE lanes SET checkpoint_seq = 4");

        InvalidOperationException exception = await Assert.ThrowsAsync<InvalidOperationException>(() => DropBeforeAsync("2018-06-01"));

        Assert.Contains("p201804", exception.Message);
        Assert.Equal(["5"], await database.QueryAsync("SELECT seq FROM financial_transactions"));
    }

    [Fact]
    public async Task DropBeforeAsync_MoreKeysThanOneChunk_DeletesThemAll()
    {
        await database.ExecuteAsync(
            """
            INSERT INTO event_keys
            SELECT UNHEX(MD5(seq)), seq, 'transactions', 0, seq, IF(seq % 2, '2018-04-01', '2018-07-01'), '2018-04-01' FROM seq_1_to_25000
            """);
        await database.ExecuteAsync(
            """
            INSERT INTO event_labels (lane, seq, domain, event_uid, occurred_at, is_fraud, known_at, source)
            SELECT 7, seq, 'transactions', seq, IF(seq % 2, '2018-04-01', '2018-07-01'), 1, '2018-08-01', 'test' FROM seq_1_to_25000
            """);
        await database.ExecuteAsync("UPDATE lanes SET checkpoint_seq = 25000");

        await DropBeforeAsync("2018-06-01");

        Assert.Equal(["12500 0"], await database.QueryAsync("SELECT COUNT(*), SUM(seq % 2) FROM event_keys"));
        Assert.Equal(["12500 0"], await database.QueryAsync("SELECT COUNT(*), SUM(seq % 2) FROM event_labels"));
    }

    private static DateTime Time(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture);

    private async Task EnsureAsync(string table, string from, string to)
    {
        await using MySqlConnection connection = await database.OpenAsync();
        await PartitionPlanner.EnsureAsync(connection, table, Time(from), Time(to), Cancellation);
    }

    private async Task<IReadOnlyList<string>> DropBeforeAsync(string month)
    {
        await using MySqlConnection connection = await database.OpenAsync();
        return await EventRetention.DropBeforeAsync(connection, DateOnly.FromDateTime(Time(month)), Cancellation);
    }

    private async Task<string> PartitionsAsync(string table) =>
        string.Join(' ', await database.QueryAsync(
            $"""
            SELECT partition_name FROM information_schema.partitions
            WHERE table_schema = DATABASE() AND table_name = '{table}' ORDER BY partition_ordinal_position
            """));

    private Task InsertAsync(int seq, string occurredAt) => database.ExecuteAsync(
        $"""
        INSERT INTO financial_transactions
            (lane, seq, transaction_id, account_id, occurred_at, amount, scored_amount, channel, embedding, embedding_version,
             configuration_version)
        VALUES (0, {seq}, 't{seq}', 'a', '{occurredAt}', 1, 1, 'pos', REPEAT(x'00000000', 128), 1, 1);
        INSERT INTO event_keys VALUES (UNHEX(MD5('t{seq}')), 0, 'transactions', 0, {seq}, '{occurredAt}', '2026-01-01');
        INSERT INTO event_labels (lane, seq, domain, event_uid, occurred_at, is_fraud, known_at, source)
        VALUES (0, {seq}, 'transactions', 't{seq}', '{occurredAt}', 1, '2026-01-01', 'test');
        """);
}
