using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Ecart.Checker.Comparing;
using Ecart.Checker.Faults;
using Ecart.Checker.Producing;
using Ecart.Checker.Service;
using Ecart.Embedded.Kafka;
using Ecart.Streaming.Sources.Kafka;

namespace Ecart.Checker.Brokers;

/// <summary>A broker in this process, or the cluster that ECART_TEST_KAFKA names, with topics and a group of this check's own.</summary>
internal sealed class KafkaUnderTest : ICheckedBroker
{
    private const string Cluster = "ECART_TEST_KAFKA";
    private readonly EmbeddedKafka? embedded;
    private readonly CheckOptions options;
    private readonly TimeProvider timeProvider;
    private readonly string unique = Guid.NewGuid().ToString("n")[..8];
    private int storms;

    private KafkaUnderTest(EmbeddedKafka? embedded, string servers, CheckOptions options, TimeProvider timeProvider)
    {
        this.embedded = embedded;
        this.options = options;
        this.timeProvider = timeProvider;
        Settings = new KafkaSettings { BootstrapServers = servers, Group = $"check-{unique}", Client = Properties };
    }

    /// <summary>How clients reach it.</summary>
    public KafkaSettings Settings { get; }

    /// <summary>Topic of events.</summary>
    public string Topic => $"check-{unique}-events";

    /// <summary>Topic of labels.</summary>
    public string LabelsTopic => $"check-{unique}-labels";

    /// <summary>Topic of rejected records.</summary>
    public string DeadLetterTopic => $"check-{unique}-dead";

    /// <inheritdoc/>
    public string Configuration =>
        $"""
         kafka:
           - bootstrap_servers: {Settings.BootstrapServers}
             topic: {Topic}
             labels_topic: {LabelsTopic}
             dead_letter_topic: {DeadLetterTopic}
             group: {Settings.Group}
             client:
         {string.Join('\n', Properties.Select(property => $"      {property.Key}: {property.Value}"))}
         """;

    private IReadOnlyDictionary<string, string> Properties => embedded is not null
        ? EmbeddedKafka.ConsumerProperties
        : new Dictionary<string, string> { ["session.timeout.ms"] = "6000", ["heartbeat.interval.ms"] = "200" };

    /// <summary>Starts a broker, or takes the cluster, and makes the topics.</summary>
    /// <exception cref="InvalidOperationException">A cluster that others use would have to be broken.</exception>
    public static async Task<KafkaUnderTest> StartAsync(CheckOptions options, TimeProvider timeProvider)
    {
        if (Environment.GetEnvironmentVariable(Cluster) is { Length: > 0 } cluster)
        {
            if (options.BrokerOutages + options.BrokerErrors > 0)
                throw new InvalidOperationException($"The cluster of {Cluster} is not broken by a check: set --broker-outages 0 --broker-errors 0.");
            var real = new KafkaUnderTest(null, cluster, options, timeProvider);
            using IAdminClient admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = cluster }).Build();
            await admin.CreateTopicsAsync(real.Topics.Select(topic => new TopicSpecification { Name = topic.Name, NumPartitions = topic.Partitions, ReplicationFactor = 1 }));
            return real;
        }

        EmbeddedKafka embedded = EmbeddedKafka.Start();
        var started = new KafkaUnderTest(embedded, embedded.BootstrapServers, options, timeProvider);
        foreach ((string name, int partitions) in started.Topics) embedded.CreateTopic(name, partitions);
        return started;
    }

    /// <inheritdoc/>
    public IProducer MakeProducer(CheckedDatabase database, TimeProvider timeProvider) => new KafkaProducer(this, database, timeProvider);

    /// <inheritdoc/>
    public async Task SufferAsync(Fault fault, CancellationToken cancellationToken)
    {
        switch (fault)
        {
            case Fault.BrokerOutage:
                embedded!.SetDown();
                await Task.Delay(options.Outage, timeProvider, cancellationToken);
                embedded.SetUp();
                break;
            case Fault.BrokerErrors:
                InjectErrors();
                break;
            case Fault.Rebalances:
                var storm = new GroupStorm(Settings, options.Seed + (ulong)++storms, timeProvider);
                await Task.WhenAll(
                    storm.RunAsync(Settings.Group, Topic, options.Storm, cancellationToken),
                    storm.RunAsync(Settings.Group + "-labels", LabelsTopic, options.Storm, cancellationToken));
                break;
            default:
                throw new NotSupportedException($"{fault} does not happen to Kafka.");
        }
    }

    /// <inheritdoc/>
    public Task CompareAsync(CheckedDatabase database, Findings findings, CancellationToken cancellationToken) =>
        new DeadLetterComparison(database, findings).RunAsync(Settings.BootstrapServers, DeadLetterTopic, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => embedded?.DisposeAsync() ?? ValueTask.CompletedTask;

    private IEnumerable<(string Name, int Partitions)> Topics => [(Topic, options.Partitions), (LabelsTopic, options.Partitions), (DeadLetterTopic, 1)];

    private void InjectErrors()
    {
        embedded!.InjectErrors(KafkaRequest.Fetch, ErrorCode.NotLeaderForPartition, ErrorCode.RequestTimedOut, ErrorCode.UnknownTopicOrPart, ErrorCode.OffsetOutOfRange);
        embedded.InjectErrors(KafkaRequest.Produce, ErrorCode.NotEnoughReplicas, ErrorCode.RequestTimedOut, ErrorCode.NotLeaderForPartition);
        embedded.InjectErrors(KafkaRequest.Heartbeat, ErrorCode.RebalanceInProgress, ErrorCode.UnknownMemberId, ErrorCode.NotCoordinatorForGroup);
        embedded.InjectErrors(KafkaRequest.JoinGroup, ErrorCode.GroupLoadInProgress, ErrorCode.NotCoordinatorForGroup);
        embedded.InjectErrors(KafkaRequest.SyncGroup, ErrorCode.RebalanceInProgress);
        embedded.InjectErrors(KafkaRequest.OffsetCommit, ErrorCode.RequestTimedOut, ErrorCode.IllegalGeneration);
        embedded.InjectErrors(KafkaRequest.OffsetFetch, ErrorCode.GroupLoadInProgress);
        embedded.InjectErrors(KafkaRequest.ListOffsets, ErrorCode.NotLeaderForPartition, ErrorCode.RequestTimedOut);
        embedded.InjectErrors(KafkaRequest.Metadata, ErrorCode.LeaderNotAvailable);
    }
}
