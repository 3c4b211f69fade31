using Confluent.Kafka;

namespace Ecart.Bench.Stream;

/// <summary>
/// The only producer of a topic that was just made: offsets count its messages, so that it needs no report of each to know what is outstanding. It runs
/// no further ahead of what is durable than the broker keeps.
/// </summary>
internal sealed class EventProducer : IDisposable
{
    /// <summary>Messages of a partition that may be sent and not durable: 4 MiB of the 5 that the embedded broker keeps, at 512 bytes each.</summary>
    private const int Window = 8000;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(10);

    private readonly IProducer<byte[], byte[]> producer;
    private readonly CommittedPositions committed;
    private readonly TopicPartition[] places;
    private readonly long[] sent;
    private readonly long[] durable;

    public EventProducer(string bootstrapServers, string topic, int partitions, CommittedPositions committed)
    {
        this.committed = committed;
        places = [.. Enumerable.Range(0, partitions).Select(partition => new TopicPartition(topic, partition))];
        sent = new long[partitions];
        durable = new long[partitions];
        var configuration = new ProducerConfig
        {
            BootstrapServers = bootstrapServers,
            EnableIdempotence = true,
            EnableDeliveryReports = false,
            LingerMs = 5,
            QueueBufferingMaxMessages = 2 * Window * partitions,
        };
        producer = new ProducerBuilder<byte[], byte[]>(configuration).SetLogHandler((_, _) => { }).Build();
    }

    /// <summary>Sends all messages and waits until their events are durable.</summary>
    public async Task SendAsync(EventMessages messages, CancellationToken cancellationToken)
    {
        await Task.Yield();
        for (int i = 0; i < messages.Count; i++)
        {
            int partition = messages.PartitionOf[i];
            while (sent[partition] - durable[partition] >= Window) await LookAsync(cancellationToken);
            producer.Produce(places[partition], messages.Messages[i]);
            sent[partition]++;
        }

        while (!sent.AsSpan().SequenceEqual(durable)) await LookAsync(cancellationToken);
    }

    public void Dispose() => producer.Dispose();

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(LookEvery, cancellationToken);
        foreach ((int partition, long next) in await committed.ReadAsync(cancellationToken)) durable[partition] = next;
    }
}
