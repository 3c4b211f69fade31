using Ecart.Domains.Transactions;
using Ecart.Streaming.Pipeline;
using Ecart.Streaming.Sources;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Streaming.Tests.Pipeline;

public sealed class DuplicateTests(MariaDbFixture server)
{
    private static readonly List<TransactionEvent> Events = CardStream.Events(21, 10, 5);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(20)]
    [InlineData(40)]
    public async Task Run_SameUidSoon_CountsItOrRejectsOtherContent(int distance)
    {
        List<TransactionEvent> events = [.. Events.Take(60)];
        TransactionEvent first = events[5];
        events.Insert(5 + distance, CardStream.Copy(first));
        events.Insert(6 + distance, CardStream.Copy(first, more: 1));
        ReplayDatabase database = (await ReplayDatabase.CreateAsync(server)).With(new PipelineOptions { BatchSize = 2, BatchesInFlight = 4 });

        ReplayPipeline pipeline = await database.ReplayAsync(CardStream.Items(events));

        Assert.Equal((60, 1, 1), (pipeline.Counters.Committed, pipeline.Counters.Duplicates, pipeline.Counters.Rejected));
        Assert.Equal(60, await database.CountAsync("SELECT COUNT(*) FROM financial_transactions"));
        Assert.Equal(1, await database.CountAsync(
            $"""
             SELECT COUNT(*) FROM rejected_events WHERE reason = 'conflicting_duplicate' AND event_uid = '{first.EventUid}'
             AND source = 'stream' AND source_offset = {7 + distance} AND message LIKE '%{first.EventUid}%'
             """));
    }

    [Fact]
    public async Task Run_LabelsOfEventsInFlightBeforeADuplicate_StillKnowsIt()
    {
        // Each label of an event in the same batch makes a transaction of its own: 30 lie between the event and its duplicate.
        var items = new List<ReplayItem>();
        for (int i = 0; i < 30; i++)
        {
            items.Add(new ReplayItem(Events[i], null, null, "stream", items.Count + 1));
            items.Add(CardStream.Item(CardStream.LabelOf(Events[i], false), items.Count + 1));
        }

        items.Add(new ReplayItem(CardStream.Copy(Events[0]), null, null, "stream", items.Count + 1));
        ReplayDatabase database = (await ReplayDatabase.CreateAsync(server)).With(new PipelineOptions { BatchSize = 60 });

        ReplayPipeline pipeline = await database.ReplayAsync(items);

        Assert.Equal((30, 30, 1), (pipeline.Counters.Committed, pipeline.Counters.Labels, pipeline.Counters.Duplicates));
    }
}
