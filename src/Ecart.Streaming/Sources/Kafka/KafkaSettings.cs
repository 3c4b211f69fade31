using Confluent.Kafka;

namespace Ecart.Streaming.Sources.Kafka;

/// <summary>How to reach a Kafka cluster.</summary>
public sealed record KafkaSettings
{
    /// <summary>Milliseconds that the broker waits for messages before it answers a fetch, unless <see cref="Client"/> says otherwise.</summary>
    private const int FetchWaitMilliseconds = 10;

    /// <summary>KiB of fetched messages that wait in memory, unless <see cref="Client"/> says otherwise.</summary>
    private const int QueuedKibibytes = 16 * 1024;

    /// <summary>Milliseconds until a partition is asked again whose messages found no room in memory, unless <see cref="Client"/> says otherwise: the 1000 of the
    /// client are longer than the pipeline takes for what is there.</summary>
    private const int QueueBackoffMilliseconds = 10;

    private const int LongestReconnectPauseMilliseconds = 1000;
    private const int MetadataRefreshMilliseconds = 10_000;

    /// <summary>Properties that the guarantees rest on.</summary>
    private static readonly string[] Reserved =
    [
        "auto.offset.reset", "bootstrap.servers", "metadata.broker.list", "enable.auto.commit", "enable.auto.offset.store", "enable.idempotence", "group.id",
        "partition.assignment.strategy", "group.protocol",
    ];

    /// <summary>Hosts and ports of some brokers, separated by commas.</summary>
    public required string BootstrapServers { get; init; }

    /// <summary>Consumer group: the processes that share the partitions. Default <c>ecart</c>.</summary>
    public string Group { get; init; } = "ecart";

    /// <summary>Any other property of librdkafka by its own name, for example <c>security.protocol</c>. Default none.</summary>
    public IReadOnlyDictionary<string, string> Client { get; init; } = new Dictionary<string, string>();

    /// <summary>Told what a person should know although reading goes on: messages that are gone, brokers that fail. Thread-safe. Default null.</summary>
    public Action<string>? Report { get; init; }

    /// <summary>Says what is wrong with the settings; null when nothing is.</summary>
    public string? FindFault()
    {
        if (string.IsNullOrWhiteSpace(BootstrapServers)) return "bootstrap_servers is missing: give host:port of a broker.";
        if (string.IsNullOrWhiteSpace(Group)) return "group is empty: give the consumer group a name.";
        string? reserved = Client.Keys.FirstOrDefault(name => Reserved.Contains(name, StringComparer.OrdinalIgnoreCase));
        return reserved is null ? null : $"client: {reserved} cannot be set: offsets, group and delivery are Ecart's own business. Remove it.";
    }

    /// <summary>
    /// A consumer that starts where it is told to. What it commits to the group, in the background, is only what was stored with
    /// <c>StoreOffset</c>, for tools that show the lag; nothing ever reads it back.
    /// </summary>
    internal ConsumerConfig MakeConsumer() => Apply(new ConsumerConfig
    {
        BootstrapServers = BootstrapServers,
        GroupId = Group,
        EnableAutoOffsetStore = false,
        EnableAutoCommit = true,
        AutoCommitIntervalMs = 1000,
        AutoOffsetReset = AutoOffsetReset.Error,
        PartitionAssignmentStrategy = PartitionAssignmentStrategy.Range,
        FetchWaitMaxMs = FetchWaitMilliseconds,
        QueuedMaxMessagesKbytes = QueuedKibibytes,
        FetchQueueBackoffMs = QueueBackoffMilliseconds,
        ReconnectBackoffMaxMs = LongestReconnectPauseMilliseconds,
        TopicMetadataRefreshIntervalMs = MetadataRefreshMilliseconds,
        EnablePartitionEof = true,
        ConsumeResultFields = "none",
    });

    /// <summary>A producer that neither loses, repeats nor reorders messages while it lives.</summary>
    /// <param name="timeout">How long a message is tried.</param>
    internal ProducerConfig MakeProducer(TimeSpan timeout) => Apply(new ProducerConfig
    {
        BootstrapServers = BootstrapServers,
        EnableIdempotence = true,
        MessageTimeoutMs = (int)timeout.TotalMilliseconds,
        LingerMs = 5,
        ReconnectBackoffMaxMs = LongestReconnectPauseMilliseconds,
    });

    private TConfig Apply<TConfig>(TConfig config)
        where TConfig : ClientConfig
    {
        if (FindFault() is { } fault) throw new InvalidOperationException("kafka: " + fault);
        foreach ((string name, string value) in Client) config.Set(name.ToLowerInvariant(), value);
        return config;
    }
}
