using System.Text;
using Ecart.Domains.Transactions;
using Ecart.Streaming.Pipeline;
using Ecart.Streaming.Sources;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Streaming.Tests.Pipeline;

/// <summary>Rows that got past the decoder and that the server does not take.</summary>
public sealed class RefusedRowTests(MariaDbFixture server)
{
    [Fact]
    public async Task Run_RefusedRows_LeaveTheRestAsIfTheyHadNeverBeen()
    {
        List<TransactionEvent> good = CardStream.Events(41, 15, 6);
        var events = new List<TransactionEvent>(good);
        // In the middle of a batch, at its ends, two side by side, the very first and the very last: each would change what follows of its account.
        foreach (int i in new[] { good.Count, 150, 111, 110, 74, 73, 37, 0 })
        {
            TransactionEvent like = good[Math.Min(i, good.Count - 1)];
            events.Insert(i, CardStream.Copy(like, more: 70_000, uid: $"bad {i}", city: new string('x', 129)));
        }

        ReplayDatabase without = await ReplayDatabase.CreateAsync(server);
        await without.ReplayAsync(CardStream.Items(good));
        ReplayDatabase database = await ReplayDatabase.CreateAsync(server);
        ReplayPipeline pipeline = await database.ReplayAsync(CardStream.Items(events));

        Assert.Equal((good.Count, 8), (pipeline.Counters.Committed, pipeline.Counters.Rejected));
        StoredRows expected = await without.ReadAsync();
        StoredRows actual = await database.ReadAsync();
        foreach (string table in expected.ByTable.Keys.Except(["rejected_events", "consumer_offsets"]))
            Assert.Equal(expected.ByTable[table], actual.ByTable[table]);
        Assert.Equal(8, await database.CountAsync(
            """
            SELECT COUNT(*) FROM rejected_events WHERE reason = 'refused_by_store' AND source = 'stream' AND source_offset > 0
            AND message LIKE CONCAT('%', event_uid, '%city%') AND LENGTH(payload) > 0
            """));
    }

    [Fact]
    public async Task Run_RefusedRowsOfEveryKind_AreNamed()
    {
        List<TransactionEvent> events = CardStream.Events(42, 10, 4);
        string tooLong = new('u', 200);
        events[5] = CardStream.Copy(events[5], uid: tooLong);
        events[6] = CardStream.Copy(events[6], account: tooLong);
        events[7] = CardStream.Copy(events[7], currency: "EURO");
        events[8] = CardStream.Copy(events[8], more: 0.001m);
        events[9] = CardStream.Copy(events[9], more: 1e14m);
        ReplayDatabase database = await ReplayDatabase.CreateAsync(server);

        ReplayPipeline pipeline = await database.ReplayAsync(CardStream.Items(events));

        Assert.Equal((events.Count - 5, 5), (pipeline.Counters.Committed, pipeline.Counters.Rejected));
        foreach ((int line, string column) in new[] { (6, "transaction_id"), (7, "account_id"), (8, "currency"), (9, "amount"), (10, "amount") })
        {
            Assert.Equal(1, await database.CountAsync(
                $"SELECT COUNT(*) FROM rejected_events WHERE reason = 'refused_by_store' AND source_offset = {line} AND message LIKE '%{column}%'"));
        }
    }

    [Fact]
    public async Task Run_RefusedRowThenTheSameUidCorrected_TakesTheCorrectedOne()
    {
        List<TransactionEvent> events = CardStream.Events(43, 10, 4);
        TransactionEvent bad = CardStream.Copy(events[3], city: new string('x', 129));
        events.Insert(3, bad);
        ReplayDatabase database = await ReplayDatabase.CreateAsync(server);
        ReplayItem[] items = [.. CardStream.Items(events), CardStream.Item(CardStream.LabelOf(bad, true), events.Count + 1)];

        ReplayPipeline pipeline = await database.ReplayAsync(items);

        Assert.Equal((events.Count - 1, 1, 1), (pipeline.Counters.Committed, pipeline.Counters.Rejected, pipeline.Counters.Labels));
        Assert.Equal(1, await database.CountAsync($"SELECT COUNT(*) FROM financial_transactions WHERE transaction_id = '{bad.EventUid}'"));
    }

    [Fact]
    public async Task Run_RecordThatSaysTooMuchOfItself_IsStillRejected()
    {
        ReplayDatabase database = await ReplayDatabase.CreateAsync(server);
        string endless = new('é', 70_000);
        var rejected = new Events.RejectedRecord(
            endless, 0, 1, "transactions", endless, Events.RejectReason.TooLong, endless, endless, endless, Encoding.UTF8.GetBytes(endless));

        ReplayPipeline pipeline = await database.ReplayAsync([new ReplayItem(null, null, rejected, endless, 1)]);

        Assert.Equal(1, pipeline.Counters.Rejected);
        Assert.Equal(1, await database.CountAsync("SELECT COUNT(*) FROM rejected_events WHERE CHAR_LENGTH(event_uid) = 128"));
    }

    [Fact]
    public async Task Run_RejectedRecordIsReadAgain_KeepsItsNumberAndWhatBecameOfIt()
    {
        ReplayDatabase database = await ReplayDatabase.CreateAsync(server);
        byte[] payload = [0, 255, (byte)'\'', (byte)'\\', 10];
        var rejected = new Events.RejectedRecord("topic", 2, 17, "transactions", null, Events.RejectReason.Malformed, null, null, "it is no JSON", payload);
        const string Same = "SELECT COUNT(*) FROM rejected_events WHERE rejected_id = 1 AND payload = X'00FF275C0A' AND received_at = '2018-01-01' AND message LIKE 'it%'";

        await database.ReplayAsync([new ReplayItem(null, null, rejected, "topic", 17)]);
        await database.CountAsync(
            """
            UPDATE rejected_events SET retried_at = '2018-01-02', dead_lettered_at = '2018-01-02', received_at = '2018-01-01';
            DELETE FROM consumer_offsets;
            SELECT 1
            """);
        ReplayPipeline again = await database.ReplayAsync([new ReplayItem(null, null, rejected, "topic", 17)]);

        Assert.Equal(1, again.Counters.Rejected);
        Assert.Equal(1, await database.CountAsync("SELECT COUNT(*) FROM rejected_events"));
        Assert.Equal(1, await database.CountAsync(Same + " AND retried_at IS NOT NULL AND dead_lettered_at IS NOT NULL"));
    }
}
