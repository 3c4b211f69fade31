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
        using var full = new GatedIntake();
        Task blocked = kafka.EventSource().RunAsync(full, stop.Token);
        await full.Filled.WaitAsync(kafka.GiveUp);

        KafkaSource joining = kafka.EventSource();
        using LivePipeline pipeline = await kafka.RunAsync([joining], () => joining.CaughtUp.WaitAsync(kafka.GiveUp));

        Assert.InRange(pipeline.Counters.Committed, 1, 199);
        await stop.CancelAsync();
        await blocked;
    }

    /// <summary>The client keeps a partition paused that is taken away and given back.</summary>
    [Fact]
    public async Task Run_PausedPartitionTakenAwayAndGivenBack_IsReadOn()
    {
        await using KafkaCase kafka = await KafkaCase.CreateAsync(server, partitions: 2);
        using WindowedProducer producer = kafka.OpenProducer(kafka.Topic);
        await kafka.SendAsync(producer, events.Take(200));
        producer.Flush(kafka.GiveUp);
        using var stop = new CancellationTokenSource();
        using var gate = new GatedIntake();
        Task reading = kafka.EventSource().RunAsync(gate, stop.Token);
        await gate.Filled.WaitAsync(kafka.GiveUp);
        using var leave = new CancellationTokenSource();
        var joined = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task stranger = Task.Run(() => JoinUntil(kafka, joined, leave.Token), kafka.GiveUp);

        await joined.Task.WaitAsync(kafka.GiveUp);
        gate.Open();
        await gate.Reaches(2).WaitAsync(kafka.GiveUp);
        await leave.CancelAsync();
        await stranger;

        await gate.Reaches(200).WaitAsync(kafka.GiveUp);
        await stop.CancelAsync();
        await reading;
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

    /// <summary>A member of the group that reads nothing of what it gets, and leaves properly.</summary>
    private static void JoinUntil(KafkaCase kafka, TaskCompletionSource joined, CancellationToken leave)
    {
        var configuration = new ConsumerConfig
        {
            BootstrapServers = kafka.Settings.BootstrapServers,
            GroupId = kafka.Settings.Group,
            EnableAutoCommit = false,
            PartitionAssignmentStrategy = PartitionAssignmentStrategy.Range,
        };
        foreach ((string name, string value) in kafka.Settings.Client) configuration.Set(name, value);
        using IConsumer<Ignore, Ignore> consumer = new ConsumerBuilder<Ignore, Ignore>(configuration)
            .SetPartitionsAssignedHandler((_, assigned) =>
            {
                if (assigned.Count > 0) joined.TrySetResult();
            })
            .Build();
        consumer.Subscribe(kafka.Topic);
        while (!leave.IsCancellationRequested) consumer.Consume(TimeSpan.FromMilliseconds(50));
        consumer.Close();
    }

    /// <summary>Full until it is opened, then takes everything; counts each message once.</summary>
    private sealed class GatedIntake : IIntake, IDisposable
    {
        private readonly TaskCompletionSource filled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly HashSet<SourcePosition> taken = [];
        private readonly Lock gate = new();
        private (int Count, TaskCompletionSource Reached)? awaited;

        public Task Filled => filled.Task;

        public void Open() => open.TrySetResult();

        public Task Reaches(int count)
        {
            lock (gate)
            {
                awaited = (count, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
                Tell();
                return awaited.Value.Reached.Task;
            }
        }

        public async ValueTask EnterAsync(IntakeItem item, CancellationToken cancellationToken)
        {
            filled.TrySetResult();
            await open.Task.WaitAsync(cancellationToken);
            Take(item);
        }

        public bool TryEnter(IntakeItem item)
        {
            if (!open.Task.IsCompleted) return false;
            Take(item);
            return true;
        }

        public Task<IReadOnlyDictionary<int, long>> ReadPositionsAsync(string source, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyDictionary<int, long>>(new Dictionary<int, long>());

        public void Dispose() => open.TrySetCanceled();

        private void Take(IntakeItem item)
        {
            lock (gate)
            {
                taken.Add(item.Position!.Value);
                Tell();
            }
        }

        private void Tell()
        {
            if (awaited is { } waiting && taken.Count >= waiting.Count) waiting.Reached.TrySetResult();
        }
    }
}
