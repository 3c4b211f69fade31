using Confluent.Kafka;
using Ecart.Embedded.Kafka;
using Xunit;

namespace Ecart.Embedded.Tests;

public sealed class EmbeddedKafkaTests
{
    private const string Topic = "words";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Start_ProducerAndGroup_EveryMessageArrivesInOrder()
    {
        await using EmbeddedKafka broker = EmbeddedKafka.Start();
        broker.CreateTopic(Topic, 3);
        await ProduceAsync(broker, 300);
        using IConsumer<int, int> consumer = Consume(broker, Topic);

        var values = new Dictionary<int, List<int>>();
        for (int i = 0; i < 300; i++)
        {
            ConsumeResult<int, int> message = consumer.Consume(Patience);
            if (!values.TryGetValue(message.Partition.Value, out List<int>? list)) values.Add(message.Partition.Value, list = []);
            list.Add(message.Message.Value);
        }

        Assert.StartsWith("127.0.0.1:", broker.BootstrapServers, StringComparison.Ordinal);
        Assert.Equal(3, values.Count);
        Assert.All(values.Values, list => Assert.Equal(list.Order(), list));
        Assert.Equal(Enumerable.Range(0, 300), values.Values.SelectMany(list => list).Order());
        consumer.Close();
    }

    [Fact]
    public async Task CommittedOffsets_OfAGroup_AreKept()
    {
        await using EmbeddedKafka broker = EmbeddedKafka.Start();
        broker.CreateTopic(Topic, 1);
        await ProduceAsync(broker, 10);
        using (IConsumer<int, int> first = Consume(broker, Topic))
        {
            ConsumeResult<int, int> message = first.Consume(Patience);
            first.Commit(message);
            first.Close();
        }

        using IConsumer<int, int> second = Consume(broker, Topic);
        Assert.Equal(1, second.Consume(Patience).Message.Value);
        second.Close();
    }

    [Fact]
    public async Task SetDown_ThenUp_KeepsMessagesAndTakesNewOnes()
    {
        await using EmbeddedKafka broker = EmbeddedKafka.Start();
        broker.CreateTopic(Topic, 1);
        await ProduceAsync(broker, 5);
        broker.SetDown();
        using IAdminClient admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = broker.BootstrapServers })
            .SetLogHandler((_, _) => { }).Build();
        Assert.Throws<KafkaException>(() => admin.GetMetadata(TimeSpan.FromSeconds(1)));

        broker.SetUp();
        await ProduceAsync(broker, 5);
        using IConsumer<int, int> consumer = Consume(broker, Topic);
        for (int i = 0; i < 10; i++) Assert.Equal(i % 5, consumer.Consume(Patience).Message.Value);
        consumer.Close();
    }

    [Fact]
    public async Task InjectErrors_ToAProducer_AreAnsweredOnceEach()
    {
        await using EmbeddedKafka broker = EmbeddedKafka.Start();
        broker.CreateTopic(Topic, 1);
        broker.InjectErrors(KafkaRequest.Produce, ErrorCode.MsgSizeTooLarge);

        var error = await Assert.ThrowsAsync<ProduceException<int, int>>(() => ProduceAsync(broker, 1));

        Assert.Equal(ErrorCode.MsgSizeTooLarge, error.Error.Code);
        await ProduceAsync(broker, 1);
    }

    [Fact]
    public async Task CreateTopic_Twice_IsRefused()
    {
        await using EmbeddedKafka broker = EmbeddedKafka.Start();
        broker.CreateTopic(Topic, 1);

        var error = Assert.Throws<InvalidOperationException>(() => broker.CreateTopic(Topic, 1));

        Assert.Contains("create topic words", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DisposeAsync_Twice_EndsOnceAndRefusesFurtherUse()
    {
        EmbeddedKafka broker = EmbeddedKafka.Start();
        await broker.DisposeAsync();
        await broker.DisposeAsync();

        Assert.Throws<ObjectDisposedException>(broker.SetDown);
    }

    private static async Task ProduceAsync(EmbeddedKafka broker, int count)
    {
        using IProducer<int, int> producer = new ProducerBuilder<int, int>(
            new ProducerConfig { BootstrapServers = broker.BootstrapServers, EnableIdempotence = true }).Build();
        await Task.WhenAll(Enumerable.Range(0, count).Select(i => producer.ProduceAsync(Topic, new Message<int, int> { Key = i, Value = i })).ToList());
    }

    private static IConsumer<int, int> Consume(EmbeddedKafka broker, string topic)
    {
        var config = new ConsumerConfig
        {
            BootstrapServers = broker.BootstrapServers,
            GroupId = "readers",
            EnableAutoCommit = false,
            AutoOffsetReset = AutoOffsetReset.Earliest,
        };
        foreach ((string name, string value) in EmbeddedKafka.ConsumerProperties) config.Set(name, value);
        IConsumer<int, int> consumer = new ConsumerBuilder<int, int>(config).Build();
        consumer.Subscribe(topic);
        return consumer;
    }
}
