using Confluent.Kafka;

namespace Ecart.Streaming.Sources.Kafka;

/// <summary>
/// Sends messages to a topic and never runs further ahead of its readers than a window of bytes: for brokers that keep little, such as the embedded one.
/// Not thread-safe: one sender.
/// </summary>
public sealed class WindowedProducer : IDisposable
{
    /// <summary>Default window: 4 MiB, below the 5 MiB that the embedded broker keeps of a partition.</summary>
    public const long DefaultWindowBytes = 4 << 20;

    /// <summary>What a message costs beside key and value, at most.</summary>
    private const int Overhead = 80;

    private static readonly TimeSpan DeliverWithin = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);

    private readonly IProducer<string, byte[]> producer;
    private readonly string topic;
    private readonly long windowBytes;
    private readonly Func<CancellationToken, Task<IReadOnlyDictionary<int, long>>> readPositions;
    private readonly TimeProvider timeProvider;
    private readonly Lock gate = new();
    private readonly Dictionary<int, Queue<(long Offset, int Bytes)>> delivered = [];
    private long outstanding;
    private long outstandingMessages;
    private Error? failure;

    /// <summary>Opens a producer.</summary>
    /// <param name="settings">The cluster.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="readPositions">Up to where the topic is read, by partition, for example <c>LaneStore.ReadOffsetsAsync</c> of its source.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="windowBytes">Bytes that may be sent and not read, over all partitions.</param>
    public WindowedProducer(
        KafkaSettings settings,
        string topic,
        Func<CancellationToken, Task<IReadOnlyDictionary<int, long>>> readPositions,
        TimeProvider timeProvider,
        long windowBytes = DefaultWindowBytes)
    {
        this.topic = topic;
        this.readPositions = readPositions;
        this.timeProvider = timeProvider;
        this.windowBytes = windowBytes;
        producer = new ProducerBuilder<string, byte[]>(settings.MakeProducer(DeliverWithin)).SetLogHandler((_, _) => { }).Build();
    }

    /// <summary>Messages sent.</summary>
    public long Sent { get; private set; }

    /// <summary>Sends a message; waits while the window is full.</summary>
    /// <param name="key">Decides the partition: the entity, so that its events keep their order.</param>
    /// <param name="value">The message.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KafkaException">An earlier message could not be delivered within 5 minutes.</exception>
    public async ValueTask SendAsync(string key, byte[] value, CancellationToken cancellationToken)
    {
        int bytes = (3 * key.Length) + value.Length + Overhead;
        while (Volatile.Read(ref outstanding) + bytes > windowBytes && Volatile.Read(ref outstandingMessages) > 0)
            await LookAsync(cancellationToken).ConfigureAwait(false);
        Interlocked.Add(ref outstanding, bytes);
        Interlocked.Increment(ref outstandingMessages);
        producer.Produce(topic, new Message<string, byte[]> { Key = key, Value = value }, report => Note(report, bytes));
        Sent++;
    }

    /// <summary>Waits until the broker has everything that was sent.</summary>
    public void Flush(CancellationToken cancellationToken) => producer.Flush(cancellationToken);

    /// <summary>Waits until everything sent is read.</summary>
    /// <exception cref="KafkaException">A message could not be delivered within 5 minutes.</exception>
    public async Task WaitUntilReadAsync(CancellationToken cancellationToken)
    {
        while (Volatile.Read(ref outstandingMessages) > 0) await LookAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Closes the producer; what is not delivered yet is dropped.</summary>
    public void Dispose() => producer.Dispose();

    private void Note(DeliveryReport<string, byte[]> report, int bytes)
    {
        lock (gate)
        {
            if (report.Error.IsError)
            {
                failure ??= report.Error;
                return;
            }

            if (!delivered.TryGetValue(report.Partition.Value, out Queue<(long, int)>? queue))
                delivered.Add(report.Partition.Value, queue = new Queue<(long, int)>());
            queue.Enqueue((report.Offset.Value, bytes));
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<int, long> positions = await readPositions(cancellationToken).ConfigureAwait(false);
        if (Retire(positions) == 0) await Task.Delay(LookEvery, timeProvider, cancellationToken).ConfigureAwait(false);
    }

    private long Retire(IReadOnlyDictionary<int, long> positions)
    {
        lock (gate)
        {
            if (failure is not null) throw new KafkaException(failure);
            long messages = 0;
            foreach ((int partition, Queue<(long Offset, int Bytes)> queue) in delivered)
            {
                if (!positions.TryGetValue(partition, out long next)) continue;
                while (queue.TryPeek(out (long Offset, int Bytes) oldest) && oldest.Offset < next)
                {
                    queue.Dequeue();
                    Interlocked.Add(ref outstanding, -oldest.Bytes);
                    messages++;
                }
            }

            Interlocked.Add(ref outstandingMessages, -messages);
            return messages;
        }
    }
}
