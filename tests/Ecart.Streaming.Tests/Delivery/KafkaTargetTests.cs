using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using Ecart.Alerting.Messages;
using Ecart.Alerting.Targets;
using Ecart.MariaDb.Delivery;
using Ecart.Streaming.Delivery;
using Ecart.Streaming.Sources.Kafka;
using Ecart.Streaming.Tests.Sources.Kafka;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Streaming.Tests.Delivery;

public sealed class KafkaTargetTests(MariaDbFixture server)
{
    [Fact]
    public async Task Run_AlertsTopic_HasTheWireFormAndWhatBecameOfIt()
    {
        await using KafkaBroker broker = KafkaBroker.Start();
        string topic = $"alerts-{Guid.NewGuid():n}";
        await broker.CreateTopicAsync(topic, 1);
        var settings = new KafkaSettings { BootstrapServers = broker.BootstrapServers };
        await using DeliveryCase delivery = await DeliveryCase.CreateAsync(server);
        AlertRoute route = delivery.Route("topic", _ => true) with { OpenTarget = () => new KafkaTarget(settings, topic, TimeSpan.FromSeconds(10)) };
        await StoredAlerts.AddAsync(delivery.Database.ConnectionString, ["E1"], "medium");

        await delivery.RunAsync(delivery.Dispatcher(route), async () =>
        {
            await delivery.UntilAsync("delivered", 1);
            await delivery.SetStatusAsync("E1", "false_positive");
            await delivery.UntilAsync("delivered", 2);
        });

        List<ConsumeResult<string, byte[]>> messages = Read(broker, topic, 2, delivery.GiveUp);
        Assert.All(messages, message => Assert.Equal("transactions/account/A1", message.Message.Key));
        Assert.Equal(["trigger alerts ecart:transactions:E1 new", "resolve alerts ecart:transactions:E1 false_positive"], messages.Select(Headers));
        JsonElement alert = JsonElement.Parse(messages[0].Message.Value);
        Assert.Equal(
            ["alert_id", "event_uid", "domain", "entity_type", "entity_id", "anomaly_score", "severity", "reasons", "timestamp"],
            alert.EnumerateObject().Select(member => member.Name));
        Assert.Equal(await delivery.Database.CountAsync("SELECT alert_id FROM anomaly_alerts"), alert.GetProperty("alert_id").GetInt64());
        Assert.Equal(("E1", "medium", 2), (alert.GetProperty("event_uid").GetString(), alert.GetProperty("severity").GetString(), alert.GetProperty("reasons").GetArrayLength()));
    }

    [Fact]
    public async Task Send_BrokerIsAway_FailsAndIsTakenLater()
    {
        await using KafkaBroker broker = KafkaBroker.Start();
        string topic = $"alerts-{Guid.NewGuid():n}";
        await broker.CreateTopicAsync(topic, 1);
        await using var target = new KafkaTarget(new KafkaSettings { BootstrapServers = broker.BootstrapServers }, topic, TimeSpan.FromSeconds(1));
        AlertMessage test = AlertMessage.Test("topic", TimeProvider.System.GetUtcNow());
        broker.Breakable.SetDown();

        DeliveryOutcome away = await target.SendAsync(test, TestContext.Current.CancellationToken);
        broker.Breakable.SetUp();
        DeliveryOutcome back = away;
        while (back.Result != DeliveryResult.Delivered) back = await target.SendAsync(test, TestContext.Current.CancellationToken);

        Assert.Equal(DeliveryResult.Failed, away.Result);
        Assert.StartsWith("partition 0, offset ", back.Answer, StringComparison.Ordinal);
        Assert.Equal("trigger test " + test.DedupKey, Headers(Read(broker, topic, 1, TestContext.Current.CancellationToken)[0]));
    }

    private static List<ConsumeResult<string, byte[]>> Read(KafkaBroker broker, string topic, int count, CancellationToken cancellationToken)
    {
        using IConsumer<string, byte[]> consumer = new ConsumerBuilder<string, byte[]>(
            new ConsumerConfig { BootstrapServers = broker.BootstrapServers, GroupId = topic }).Build();
        consumer.Assign(new TopicPartitionOffset(topic, 0, Offset.Beginning));
        var messages = new List<ConsumeResult<string, byte[]>>();
        while (messages.Count < count) messages.Add(consumer.Consume(cancellationToken));
        return messages;
    }

    private static string Headers(ConsumeResult<string, byte[]> message) => string.Join(
        ' ', new[] { "action", "subject", "dedup_key", "status" }.Select(name => message.Message.Headers.TryGetLastBytes(name, out byte[] value) ? Encoding.UTF8.GetString(value) : null).OfType<string>());
}
