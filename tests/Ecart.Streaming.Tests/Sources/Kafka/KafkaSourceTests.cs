using Confluent.Kafka;
using Ecart.Domains.Transactions;
using Ecart.Events;
using Ecart.Events.Decoding;
using Ecart.MariaDb.Writing;
using Ecart.Streaming.Live;
using Ecart.Streaming.Messages;
using Ecart.Streaming.Sources;
using Ecart.Streaming.Sources.Kafka;
using Ecart.Streaming.Tests.Pipeline;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Streaming.Tests.Sources.Kafka;

/// <summary>Topics into the store, undisturbed and restarted.</summary>
public sealed class KafkaSourceTests(MariaDbFixture server)
{
    private readonly List<TransactionEvent> events = CardStream.Events(31, accounts: 30, days: 8);

    [Fact]
    public async Task Run_EachUidTwiceInThreePartitions_StoresEachOnceWithItsPosition()
    {
        await using KafkaCase kafka = await KafkaCase.CreateAsync(server, partitions: 3);
        using WindowedProducer producer = kafka.OpenProducer(kafka.Topic);

        using LivePipeline pipeline = await kafka.RunAsync([kafka.EventSource()], async () =>
        {
            await kafka.SendAsync(producer, events);
            await kafka.SendAsync(producer, events);
            await producer.WaitUntilReadAsync(kafka.GiveUp);
        });

        Assert.Equal(2 * events.Count, producer.Sent);
        Assert.Equal(events.Count, await kafka.Database.CountAsync("SELECT COUNT(DISTINCT transaction_id) FROM financial_transactions"));
        Assert.Equal(events.Count, await kafka.Database.CountAsync("SELECT COUNT(*) FROM financial_transactions"));
        Assert.Equal((events.Count, events.Count, 0), (pipeline.Counters.Committed, pipeline.Counters.Duplicates, pipeline.Counters.Rejected));
        IReadOnlyDictionary<int, long> positions =
            await new LaneStore(kafka.Database.ConnectionString, TransactionEvent.DomainName).ReadOffsetsAsync(KafkaSource.NameOf(kafka.Topic), kafka.GiveUp);
        Assert.Equal(3, positions.Count);
        Assert.Equal(2 * events.Count, positions.Values.Sum());
    }

    [Fact]
    public async Task Run_LabelsAmongTheEvents_TakeEffectInTheirPlaces()
    {
        List<TransactionEvent> decoded = Decode(events);
        Label[] labels = [.. decoded.Where((_, i) => i % 50 == 0).Select(transaction => CardStream.LabelOf(transaction, true))];
        List<ReplayItem> items = [.. CardStream.Items(decoded)];
        foreach (Label label in labels)
            items.Insert(items.FindIndex(item => item.Event?.EventUid == label.EventUid) + 3, new ReplayItem(null, label, null, "test", 0));
        ReplayDatabase undisturbed = await ReplayDatabase.CreateAsync(server);
        await undisturbed.ReplayAsync(items);
        await using KafkaCase kafka = await KafkaCase.CreateAsync(server, partitions: 1);
        using WindowedProducer producer = kafka.OpenProducer(kafka.Topic);
        Dictionary<string, TransactionEvent> originals = events.ToDictionary(transaction => transaction.EventUid);

        using LivePipeline pipeline = await kafka.RunAsync([kafka.EventSource()], async () =>
        {
            foreach (ReplayItem item in items)
            {
                byte[] message = item.Label is { } label ? TransactionJson.Write(label) : TransactionJson.Write(originals[item.Event!.EventUid]);
                await producer.SendAsync("one", message, kafka.GiveUp);
            }

            await producer.WaitUntilReadAsync(kafka.GiveUp);
        });

        Assert.Equal((events.Count, labels.Length, 0), (pipeline.Counters.Committed, pipeline.Counters.Labels, pipeline.Counters.Rejected));
        StoredRows expected = await undisturbed.ReadAsync();
        StoredRows stored = await kafka.Database.ReadAsync();
        foreach (string table in new[] { "financial_transactions", "event_keys", "event_labels", "anomaly_alerts", "lanes" })
            Assert.Equal(expected.ByTable[table], stored.ByTable[table]);
    }

    [Fact]
    public async Task Run_StoppedManyTimes_ResumesAtTheStoresPositionsWithTheSameVerdicts()
    {
        ReplayDatabase undisturbed = await ReplayDatabase.CreateAsync(server);
        await undisturbed.ReplayAsync(CardStream.Items(Decode(events)));
        await using KafkaCase kafka = await KafkaCase.CreateAsync(server, partitions: 1);
        using WindowedProducer producer = kafka.OpenProducer(kafka.Topic);
        await kafka.SendAsync(producer, events);

        for (int i = 0; i < 4; i++)
        {
            using var stop = new CancellationTokenSource();
            await kafka.RunUntilAsync([new TappedSource(kafka.EventSource(), item => StopAt(item, events.Count / 6, stop))], stop.Token);
        }

        long stored = await kafka.Database.CountAsync("SELECT COUNT(*) FROM financial_transactions");
        Assert.InRange(stored, 1, events.Count - 1);
        var rest = new TappedSource(kafka.EventSource());
        using LivePipeline pipeline = await kafka.RunAsync([rest], () => producer.WaitUntilReadAsync(kafka.GiveUp));

        Assert.Equal(events.Count - stored, rest.Items);
        StoredRows expected = await undisturbed.ReadAsync();
        StoredRows actual = await kafka.Database.ReadAsync();
        foreach (string table in new[] { "financial_transactions", "event_keys", "anomaly_alerts", "alert_outbox", "lanes", "rejected_events" })
            Assert.Equal(expected.ByTable[table], actual.ByTable[table]);
    }

    /// <summary>What the group has committed is for tools that show the lag; nothing starts there.</summary>
    [Fact]
    public async Task Run_GroupHasCommittedBeyond_ReadsFromTheStoresPositions()
    {
        await using KafkaCase kafka = await KafkaCase.CreateAsync(server, partitions: 1);
        using WindowedProducer producer = kafka.OpenProducer(kafka.Topic);
        await kafka.SendAsync(producer, events.Take(50));
        CommitToGroup(kafka, 40);

        using LivePipeline pipeline = await kafka.RunAsync([kafka.EventSource()], () => producer.WaitUntilReadAsync(kafka.GiveUp));

        Assert.Equal(50, pipeline.Counters.Committed);
    }

    [Fact]
    public async Task Run_Labels_ApplyAfterTheEventsThatTheyOvertook()
    {
        await using KafkaCase kafka = await KafkaCase.CreateAsync(server, partitions: 2);
        using WindowedProducer producer = kafka.OpenProducer(kafka.Topic);
        using WindowedProducer labels = kafka.OpenProducer(kafka.LabelsTopic);
        foreach (TransactionEvent transaction in events.Take(20))
            await labels.SendAsync(transaction.AccountId, TransactionJson.Write(CardStream.LabelOf(transaction, true)), kafka.GiveUp);
        await labels.SendAsync("ghost", """{"event_uid":"ghost","is_fraud":1,"known_at":1522567800,"source":"chargeback"}"""u8.ToArray(), kafka.GiveUp);
        await kafka.SendAsync(producer, events.Take(100));
        producer.Flush(kafka.GiveUp);
        KafkaSource source = kafka.EventSource();
        KafkaSource labelSource = KafkaSource.OfLabels(kafka.Settings, kafka.LabelsTopic, TransactionEvent.DomainName, source.CaughtUp);

        using LivePipeline pipeline = await kafka.RunAsync([labelSource, source], () => labels.WaitUntilReadAsync(kafka.GiveUp));

        Assert.Equal((100, 20, 1), (pipeline.Counters.Committed, pipeline.Counters.Labels, pipeline.Counters.Rejected));
        Assert.Equal(20, await kafka.Database.CountAsync("SELECT COUNT(*) FROM financial_transactions WHERE is_confirmed_fraud = 1"));
        Assert.Equal(1, await kafka.Database.CountAsync("SELECT COUNT(*) FROM rejected_events WHERE event_uid = 'ghost' AND reason = 'unknown_event'"));
    }

    [Fact]
    public async Task Run_PropertyThatOffsetsRestOn_IsRefused()
    {
        await using KafkaCase kafka = await KafkaCase.CreateAsync(server, partitions: 1);
        KafkaSettings settings = kafka.Settings with { Client = new Dictionary<string, string> { ["Auto.Offset.Reset"] = "latest" } };

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            kafka.RunUntilAsync([KafkaSource.OfEvents(settings, kafka.Topic, new TransactionDecoder())], CancellationToken.None));

        Assert.Contains("Auto.Offset.Reset cannot be set", error.Message, StringComparison.Ordinal);
    }

    /// <summary>The events as a topic gives them.</summary>
    internal static List<TransactionEvent> Decode(IEnumerable<TransactionEvent> events)
    {
        var decoder = new JsonEventDecoder(new TransactionDecoder());
        return [.. events.Select(transaction =>
            (TransactionEvent)decoder.Decode(TransactionJson.Write(transaction), new RecordPosition("test", 0, 0, IsLine: false)).Event!)];
    }

    private static void StopAt(int item, int stopAt, CancellationTokenSource stop)
    {
        if (item == stopAt) stop.Cancel();
    }

    private static void CommitToGroup(KafkaCase kafka, long offset)
    {
        using IConsumer<Ignore, byte[]> consumer = new ConsumerBuilder<Ignore, byte[]>(
            new ConsumerConfig { BootstrapServers = kafka.Settings.BootstrapServers, GroupId = kafka.Settings.Group }).Build();
        consumer.Commit([new TopicPartitionOffset(kafka.Topic, 0, offset)]);
    }
}
