using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Ecart.Embedded.Kafka;
using Xunit;

namespace Ecart.Streaming.Tests.Sources.Kafka;

/// <summary>The broker of a test: one in this process, or the cluster that ECART_TEST_KAFKA names.</summary>
internal sealed class KafkaBroker : IAsyncDisposable
{
    private readonly EmbeddedKafka? embedded;

    private KafkaBroker(EmbeddedKafka? embedded, string bootstrapServers)
    {
        this.embedded = embedded;
        BootstrapServers = bootstrapServers;
    }

    public string BootstrapServers { get; }

    /// <summary>Properties with which groups settle soon.</summary>
    public IReadOnlyDictionary<string, string> ConsumerProperties => embedded is not null
        ? EmbeddedKafka.ConsumerProperties
        : new Dictionary<string, string> { ["session.timeout.ms"] = "6000", ["heartbeat.interval.ms"] = "200" };

    /// <summary>The broker in this process; skips the test on a real cluster, which a test does not break.</summary>
    public EmbeddedKafka Breakable
    {
        get
        {
            if (embedded is null) Assert.Skip("Breaks the broker: not done to the cluster of ECART_TEST_KAFKA.");
            return embedded;
        }
    }

    public static KafkaBroker Start()
    {
        if (Environment.GetEnvironmentVariable("ECART_TEST_KAFKA") is { Length: > 0 } cluster) return new KafkaBroker(null, cluster);
        EmbeddedKafka embedded = EmbeddedKafka.Start();
        return new KafkaBroker(embedded, embedded.BootstrapServers);
    }

    public async Task CreateTopicAsync(string topic, int partitions)
    {
        if (embedded is not null)
        {
            embedded.CreateTopic(topic, partitions);
            return;
        }

        using IAdminClient admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = BootstrapServers }).Build();
        await admin.CreateTopicsAsync([new TopicSpecification { Name = topic, NumPartitions = partitions, ReplicationFactor = 1 }]);
    }

    public ValueTask DisposeAsync() => embedded?.DisposeAsync() ?? ValueTask.CompletedTask;
}
