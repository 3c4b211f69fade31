using Ecart.Domains.Transactions;
using Ecart.Events;
using Ecart.Streaming.Pipeline;
using Ecart.Streaming.Sources;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Streaming.Tests.Pipeline;

public sealed class LabelTests(MariaDbFixture server)
{
    private static readonly List<TransactionEvent> Events = CardStream.Events(31, 10, 5);

    [Fact]
    public async Task Run_LabelAndCorrection_AreLogEntriesAndMarkTheRow()
    {
        ReplayDatabase database = await ReplayDatabase.CreateAsync(server);
        await database.ReplayAsync(CardStream.Items(Events.Take(20)));
        ReplayPipeline pipeline = database.MakePipeline();
        ReplayItem[] labels =
        [
            CardStream.Item(CardStream.LabelOf(Events[3], true, 8), 1),
            CardStream.Item(CardStream.LabelOf(Events[3], false, 9), 2),
            CardStream.Item(CardStream.LabelOf(Events[4], true, 9), 3),
        ];

        await pipeline.RunAsync(() => new MemorySource(labels) { Name = "labels" }, TestContext.Current.CancellationToken);

        Assert.Equal(3, pipeline.Counters.Labels);
        Assert.Equal(1, await database.CountAsync(
            $"""
             SELECT COUNT(*) FROM event_labels l JOIN event_labels c ON c.lane = l.lane AND c.event_uid = l.event_uid AND c.seq = l.seq + 1
             WHERE l.event_uid = '{Events[3].EventUid}' AND l.is_fraud AND l.previous IS NULL AND NOT c.is_fraud AND c.previous = 1
             """));
        Assert.Equal(1, await database.CountAsync(
            $"""
             SELECT COUNT(*) FROM financial_transactions WHERE transaction_id = '{Events[3].EventUid}' AND is_confirmed_fraud = 0
             AND label_known_at = occurred_at + INTERVAL 9 HOUR
             """));
        Assert.Equal(1, await database.CountAsync("SELECT COUNT(*) FROM financial_transactions WHERE is_confirmed_fraud = 1"));
        Assert.Equal(1, await database.CountAsync(
            """
            SELECT COALESCE(SUM(d.frauds), 0) FROM entity_history h JOIN JSON_TABLE(h.days, '$[*]' COLUMNS (frauds INT PATH '$[2]')) AS d
            WHERE h.entity_type = 'domain'
            """));
    }

    [Fact]
    public async Task Run_LabelAndCorrectionInTwoBatchesInFlight_DoNotWaitForEachOther()
    {
        ReplayDatabase database = (await ReplayDatabase.CreateAsync(server)).With(new PipelineOptions { BatchSize = 400, BatchesInFlight = 3 });
        List<TransactionEvent> events = CardStream.Events(32, 60, 8);
        await database.ReplayAsync(CardStream.Items(events.Take(20)));
        // Full batches that end with a label, each followed by one that begins with its correction: the second would have the row first.
        var items = new List<ReplayItem>();
        for (int i = 20; i < 1200; i++)
        {
            if (items.Count % 400 == 399)
            {
                items.Add(CardStream.Item(CardStream.LabelOf(events[3], true), items.Count + 1));
                items.Add(CardStream.Item(CardStream.LabelOf(events[3], false), items.Count + 1));
            }

            items.Add(new ReplayItem(events[i], null, null, "stream", items.Count + 1));
        }

        items.RemoveRange(801, items.Count - 801);
        ReplayPipeline pipeline = database.MakePipeline();
        Task run = pipeline.RunAsync(() => new MemorySource(items) { Name = "labels" }, TestContext.Current.CancellationToken);
        await run.WaitAsync(TimeSpan.FromSeconds(40), TestContext.Current.CancellationToken);

        Assert.Equal(4, pipeline.Counters.Labels);
        Assert.Equal(1, await database.CountAsync("SELECT COUNT(*) FROM financial_transactions WHERE is_confirmed_fraud = 0"));
    }

    [Fact]
    public async Task Run_LabelRightBehindItsEvent_IsApplied()
    {
        ReplayDatabase database = (await ReplayDatabase.CreateAsync(server)).With(new PipelineOptions { BatchSize = 3, BatchesInFlight = 4 });
        var items = new List<ReplayItem>();
        foreach (TransactionEvent transaction in Events.Take(20))
        {
            items.Add(new ReplayItem(transaction, null, null, "stream", items.Count + 1));
            items.Add(CardStream.Item(CardStream.LabelOf(transaction, items.Count % 4 == 1), items.Count + 1));
        }

        ReplayPipeline pipeline = await database.ReplayAsync(items);

        Assert.Equal((20, 20, 0), (pipeline.Counters.Committed, pipeline.Counters.Labels, pipeline.Counters.Rejected));
        Assert.Equal(10, await database.CountAsync("SELECT COUNT(*) FROM financial_transactions WHERE is_confirmed_fraud = 1"));
    }

    [Fact]
    public void LabelledStream_Label_ComesFromTheLineOfItsTruth()
    {
        var stream = new LabelledStream(new ReplayLabels(true, TimeSpan.FromMinutes(1), true));
        int next = 0;
        bool ReadNext(out ReplayItem item, out DateTime? fraudKnownAt)
        {
            item = default;
            fraudKnownAt = null;
            if (next == 5) return false;
            item = new ReplayItem(Events[next], null, null, "file.csv", ++next);
            fraudKnownAt = Events[4].OccurredAt.AddDays(next);
            return true;
        }

        var labels = new List<ReplayItem>();
        while (stream.TryRead(ReadNext, out ReplayItem item))
            if (item.Label is not null) labels.Add(item);

        // Records are told apart by origin and line: labels of unknown events must not all be one.
        Assert.Equal(Enumerable.Range(1, 5).Select(line => ("file.csv", (long)line)), labels.Select(item => (item.Origin, item.Line)));
        Assert.Equal(Events.Take(5).Select(transaction => transaction.EventUid), labels.Select(item => item.Label!.EventUid));
    }

    [Fact]
    public async Task Run_LabelsOfUnknownEvents_AreAllRejected()
    {
        ReplayDatabase database = await ReplayDatabase.CreateAsync(server);
        ReplayItem[] items = [.. Events.Take(5).Select((transaction, i) => CardStream.Item(CardStream.LabelOf(transaction, true), i + 1))];

        ReplayPipeline pipeline = await database.ReplayAsync(items);

        Assert.Equal(5, pipeline.Counters.Rejected);
        Assert.Equal(5, await database.CountAsync("SELECT COUNT(*) FROM rejected_events WHERE reason = 'unknown_event'"));
    }
}
