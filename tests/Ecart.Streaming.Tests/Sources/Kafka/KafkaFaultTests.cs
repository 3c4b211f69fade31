using Confluent.Kafka;
using Ecart.Domains.Transactions;
using Ecart.Embedded.Kafka;
using Ecart.Streaming.Live;
using Ecart.Streaming.Sources.Kafka;
using Ecart.Streaming.Tests.Pipeline;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Streaming.Tests.Sources.Kafka;

/// <summary>Brokers that fail, groups that change, messages that are gone, a store that is slow.</summary>
public sealed class KafkaFaultTests(MariaDbFixture server)
{
    private readonly List<TransactionEvent> events = CardStream.Events(32, accounts: 30, days: 8);

    [Fact]
    public async Task Run_BrokerGoesDownAndAnswersWithErrors_StoresEveryEventOnce()
    {
        await using KafkaCase kafka = await KafkaCase.CreateAsync(server, partitions: 3);
        EmbeddedKafka broker = kafka.Broker.Breakable;
        using WindowedProducer producer = kafka.OpenProducer(kafka.Topic);
        var noticed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        using LivePipeline pipeline = await kafka.RunAsync([kafka.EventSource()], async () =>
        {
            await kafka.SendAsync(producer, events.Take(events.Count / 3));
            await producer.WaitUntilReadAsync(kafka.GiveUp);
            kafka.Reported = _ => noticed.TrySetResult();
            broker.SetDown();
            await kafka.SendAsync(producer, events.Skip(events.Count / 3).Take(events.Count / 3));
            await noticed.Task.WaitAsync(kafka.GiveUp);
            broker.SetUp();
            await producer.WaitUntilReadAsync(kafka.GiveUp);
            broker.InjectErrors(KafkaRequest.Fetch, ErrorCode.NotLeaderForPartition, ErrorCode.RequestTimedOut, ErrorCode.UnknownTopicOrPart);
            broker.InjectErrors(KafkaRequest.Produce, ErrorCode.NotEnoughReplicas, ErrorCode.RequestTimedOut);
            broker.InjectErrors(KafkaRequest.Heartbeat, ErrorCode.RebalanceInProgress, ErrorCode.NotCoordinatorForGroup);
            broker.SetRoundTripTime(TimeSpan.FromMilliseconds(20));
            await kafka.SendAsync(producer, events.Skip(events.Count / 3 * 2));
            await producer.WaitUntilReadAsync(kafka.GiveUp);
        });

        Assert.Equal(events.Count, await kafka.Database.CountAsync("SELECT COUNT(DISTINCT transaction_id) FROM financial_transactions"));
        Assert.Equal((events.Count, 0), (pipeline.Counters.Committed, pipeline.Counters.Rejected));
    }

    [Fact]
    public async Task Run_SecondMemberJoins_BothReadAndEachEventIsStoredOnce()
    {
        await using KafkaCase kafka = await KafkaCase.CreateAsync(server, partitions: 4);
        using WindowedProducer producer = kafka.OpenProducer(kafka.Topic);
        var half = new TaskCompletionSource();
        var first = new TappedSource(kafka.EventSource());
        KafkaSource joining = kafka.EventSource();
        var second = new TappedSource(joining) { StartAfter = half.Task };

        using LivePipeline pipeline = await kafka.RunAsync([first, second], async () =>
        {
            await kafka.SendAsync(producer, events.Take(events.Count / 2));
            await producer.WaitUntilReadAsync(kafka.GiveUp);
            half.SetResult();
            await joining.CaughtUp.WaitAsync(kafka.GiveUp);
            await kafka.SendAsync(producer, events.Skip(events.Count / 2));
            await producer.WaitUntilReadAsync(kafka.GiveUp);
        });

        Assert.InRange(second.Items, 1, events.Count - 1);
        Assert.Equal(events.Count, await kafka.Database.CountAsync("SELECT COUNT(DISTINCT transaction_id) FROM financial_transactions"));
        Assert.Equal(events.Count, pipeline.Counters.Committed);
    }

    /// <summary>A member that is not polled would hold up every other one.</summary>
    [Fact]
    public async Task Run_PipelineIsFull_MemberStillTakesPartInItsGroup()
    {
        await using KafkaCase kafka = await KafkaCase.CreateAsync(server, partitions: 2);
        using WindowedProducer producer = kafka.OpenProducer(kafka.Topic);
        await kafka.SendAsync(producer, events.Take(200));
        using var stop = new CancellationTokenSource();
        using var full = new FullIntake();
        Task blocked = kafka.EventSource().RunAsync(full, stop.Token);
        await full.Filled.WaitAsync(kafka.GiveUp);

        KafkaSource joining = kafka.EventSource();
        using LivePipeline pipeline = await kafka.RunAsync([joining], () => joining.CaughtUp.WaitAsync(kafka.GiveUp));

        Assert.InRange(pipeline.Counters.Committed, 1, 199);
        await stop.CancelAsync();
        await blocked;
    }

    [Fact]
    public async Task Run_MessagesAreGoneFromTheBroker_ReportsThemAndReadsOn()
    {
        await using KafkaCase kafka = await KafkaCase.CreateAsync(server, partitions: 1);
        _ = kafka.Broker.Breakable;
        using WindowedProducer producer = kafka.OpenProducer(kafka.Topic);
        using LivePipeline before = await kafka.RunAsync([kafka.EventSource()], async () =>
        {
            await kafka.SendAsync(producer, events.Take(10));
            await producer.WaitUntilReadAsync(kafka.GiveUp);
        });
        await kafka.SendAsync(kafka.Topic, 0, Enumerable.Repeat(new byte[500_000], EmbeddedKafka.PartitionBytes / 500_000 * 2));
        await kafka.SendAsync(producer, events.Skip(10).Take(10));

        using LivePipeline after = await kafka.RunAsync([kafka.EventSource()], () => producer.WaitUntilReadAsync(kafka.GiveUp));

        Assert.Equal(20, await kafka.Database.CountAsync("SELECT COUNT(*) FROM financial_transactions"));
        string report = Assert.Single(kafka.Reports, text => text.Contains("are gone from the broker", StringComparison.Ordinal));
        Assert.StartsWith($"kafka:{kafka.Topic} partition 0: ", report, StringComparison.Ordinal);
        Assert.Contains("offsets 10 to ", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_PositionIsRefusedWhileReading_ReadsOnWhereItStood()
    {
        await using KafkaCase kafka = await KafkaCase.CreateAsync(server, partitions: 2);
        EmbeddedKafka broker = kafka.Broker.Breakable;
        using WindowedProducer producer = kafka.OpenProducer(kafka.Topic);

        using LivePipeline pipeline = await kafka.RunAsync([kafka.EventSource()], async () =>
        {
            await kafka.SendAsync(producer, events.Take(100));
            await producer.WaitUntilReadAsync(kafka.GiveUp);
            broker.InjectErrors(KafkaRequest.Fetch, ErrorCode.OffsetOutOfRange);
            await kafka.SendAsync(producer, events.Skip(100).Take(100));
            await producer.WaitUntilReadAsync(kafka.GiveUp);
        });

        Assert.Equal((200, 0), (pipeline.Counters.Committed, pipeline.Counters.Duplicates));
        Assert.Contains(kafka.Reports, text => text.Contains("the broker refuses the position", StringComparison.Ordinal));
    }

    /// <summary>Takes one item and no more.</summary>
    private sealed class FullIntake : IIntake, IDisposable
    {
        private readonly TaskCompletionSource filled = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Filled => filled.Task;

        public async ValueTask EnterAsync(IntakeItem item, CancellationToken cancellationToken)
        {
            filled.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        public bool TryEnter(IntakeItem item) => false;

        public Task<IReadOnlyDictionary<int, long>> ReadPositionsAsync(string source, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyDictionary<int, long>>(new Dictionary<int, long>());

        public void Dispose() => filled.TrySetCanceled();
    }
}
