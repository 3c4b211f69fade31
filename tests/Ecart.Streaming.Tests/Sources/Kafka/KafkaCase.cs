using System.Collections.Concurrent;
using Confluent.Kafka;
using Ecart.Domains.Transactions;
using Ecart.MariaDb.Writing;
using Ecart.Streaming.Live;
using Ecart.Streaming.Messages;
using Ecart.Streaming.Pipeline;
using Ecart.Streaming.Sources.Kafka;
using Ecart.Streaming.Tests.Pipeline;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Streaming.Tests.Sources.Kafka;

/// <summary>A broker, topics of this test's own, a migrated database, and live pipelines from the one to the other.</summary>
internal sealed class KafkaCase : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static int counter;
    private readonly ConcurrentQueue<string> reports = new();
    private readonly CancellationTokenSource giveUp = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    private KafkaCase(KafkaBroker broker, ReplayDatabase database)
    {
        Broker = broker;
        Database = database;
        string unique = $"{Environment.ProcessId}-{Interlocked.Increment(ref counter)}-{Guid.NewGuid():n}";
        Topic = $"events-{unique}";
        LabelsTopic = $"labels-{unique}";
        DeadLetterTopic = $"dead-{unique}";
        Settings = new KafkaSettings
        {
            BootstrapServers = broker.BootstrapServers,
            Group = $"group-{unique}",
            Client = broker.ConsumerProperties,
            Report = text =>
            {
                reports.Enqueue(text);
                Reported?.Invoke(text);
            },
        };
        giveUp.CancelAfter(Patience);
    }

    public KafkaBroker Broker { get; }

    public ReplayDatabase Database { get; }

    public string Topic { get; }

    public string LabelsTopic { get; }

    public string DeadLetterTopic { get; }

    public KafkaSettings Settings { get; }

    /// <summary>What the sources have reported.</summary>
    public IReadOnlyCollection<string> Reports => reports;

    /// <summary>Called with each report.</summary>
    public Action<string>? Reported { get; set; }

    /// <summary>Ends the test when it takes too long.</summary>
    public CancellationToken GiveUp => giveUp.Token;

    public static async Task<KafkaCase> CreateAsync(MariaDbFixture server, int partitions)
    {
        ReplayDatabase database = await ReplayDatabase.CreateAsync(server);
        var created = new KafkaCase(KafkaBroker.Start(), database);
        await created.Broker.CreateTopicAsync(created.Topic, partitions);
        await created.Broker.CreateTopicAsync(created.LabelsTopic, partitions);
        await created.Broker.CreateTopicAsync(created.DeadLetterTopic, 1);
        return created;
    }

    public KafkaSource EventSource() => KafkaSource.OfEvents(Settings, Topic, new TransactionDecoder());

    /// <summary>A producer that knows how far the pipeline has come.</summary>
    public WindowedProducer OpenProducer(string topic) => new(
        Settings,
        topic,
        cancellationToken => new LaneStore(Database.ConnectionString, TransactionEvent.DomainName).ReadOffsetsAsync(KafkaSource.NameOf(topic), cancellationToken),
        TimeProvider.System);

    public async Task SendAsync(WindowedProducer producer, IEnumerable<TransactionEvent> events)
    {
        foreach (TransactionEvent transaction in events)
            await producer.SendAsync(transaction.AccountId, TransactionJson.Write(transaction), GiveUp);
    }

    /// <summary>Sends to a partition and waits until the broker has it.</summary>
    public async Task SendAsync(string topic, int partition, params IEnumerable<byte[]?> values)
    {
        using IProducer<Null, byte[]?> producer = new ProducerBuilder<Null, byte[]?>(new ProducerConfig { BootstrapServers = Settings.BootstrapServers }).Build();
        await Task.WhenAll(values.Select(value =>
            producer.ProduceAsync(new TopicPartition(topic, partition), new Message<Null, byte[]?> { Value = value }, GiveUp)).ToList());
    }

    /// <summary>The messages of a topic's partition 0, from the first on.</summary>
    public List<ConsumeResult<string, byte[]>> Read(string topic, int count)
    {
        using IConsumer<string, byte[]> consumer = new ConsumerBuilder<string, byte[]>(
            new ConsumerConfig { BootstrapServers = Settings.BootstrapServers, GroupId = Settings.Group + "-reader" }).Build();
        consumer.Assign(new TopicPartitionOffset(topic, 0, Offset.Beginning));
        var messages = new List<ConsumeResult<string, byte[]>>();
        while (messages.Count < count) messages.Add(consumer.Consume(GiveUp));
        return messages;
    }

    /// <summary>Runs sources into the database for as long as the work takes, then drains.</summary>
    public async Task<LivePipeline> RunAsync(IReadOnlyList<ILiveSource> sources, Func<Task> work)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(GiveUp);
        LivePipeline pipeline = MakePipeline();
        Task running = pipeline.RunAsync(sources, stop.Token);
        try
        {
            Task working = Task.Run(work, GiveUp);
            await await Task.WhenAny(working, running);
            await working;
        }
        finally
        {
            await stop.CancelAsync();
        }

        await running;
        return pipeline;
    }

    /// <summary>Runs sources into the database until one of them stops the run.</summary>
    public async Task RunUntilAsync(IReadOnlyList<ILiveSource> sources, CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(GiveUp, stop);
        using LivePipeline pipeline = MakePipeline();
        await pipeline.RunAsync(sources, either.Token);
        GiveUp.ThrowIfCancellationRequested();
    }

    public async ValueTask DisposeAsync()
    {
        giveUp.Dispose();
        await Broker.DisposeAsync();
    }

    private LivePipeline MakePipeline() => new(
        Database.ConnectionString,
        new DomainStore(Database.ConnectionString, static () => new TransactionTable()),
        _ => Task.FromResult<Scoring.IDomainEngine>(new TransactionEngine(Database.Options)),
        Database.Pipeline,
        Database.Committer,
        TimeProvider.System);
}
