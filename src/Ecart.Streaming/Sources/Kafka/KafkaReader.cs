using System.Threading.Channels;
using Confluent.Kafka;
using Ecart.Events.Decoding;
using Ecart.Streaming.Live;

namespace Ecart.Streaming.Sources.Kafka;

/// <summary>
/// The reading loop of one consumer. While the pipeline is full the partitions are paused and the client is still polled, so that the group does not take
/// the member for dead. Not thread-safe: the reading thread's.
/// </summary>
internal sealed class KafkaReader(
    IConsumer<Ignore, byte[]> consumer,
    KafkaDecode decode,
    string source,
    IIntake intake,
    KafkaPartitions partitions,
    RepeatedReports reports,
    Action caughtUp)
{
    private static readonly TimeSpan PollFor = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan TellEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>A short wait is cheaper than a pause, which throws away what was fetched ahead.</summary>
    private static readonly TimeSpan PauseAfter = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PollWhilePausedEvery = TimeSpan.FromMilliseconds(500);

    private readonly Queue<ConsumeResult<Ignore, byte[]>> held = new();
    private long toldAt;

    /// <summary>Reads until it is cancelled.</summary>
    /// <exception cref="KafkaException">The client cannot go on.</exception>
    public void Run(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            if ((held.TryDequeue(out ConsumeResult<Ignore, byte[]>? message) ? message : Poll(PollFor)) is { } next) HandIn(next, cancellationToken);
            if (partitions.IsCaughtUp) caughtUp();
            Tell();
        }
    }

    private ConsumeResult<Ignore, byte[]>? Poll(TimeSpan wait)
    {
        try
        {
            ConsumeResult<Ignore, byte[]>? message = consumer.Consume(wait);
            if (message is not { IsPartitionEOF: true }) return message;
            partitions.ReachedEnd(message.Partition.Value);
            return null;
        }
        catch (ConsumeException error) when (error.Error.Code == ErrorCode.Local_AutoOffsetReset)
        {
            // The position is gone from the broker: all partitions are assigned anew where they stand, this one at the oldest message that is left.
            reports.Add($"{source} partition {error.ConsumerRecord?.Partition.Value}: the broker refuses the position: {error.Error.Reason}");
            consumer.Assign(partitions.Locate(consumer, consumer.Assignment));
            return null;
        }
        catch (ConsumeException error) when (!error.Error.IsFatal)
        {
            reports.Add($"{source}: {error.Error.Reason}");
            return null;
        }
    }

    private void HandIn(ConsumeResult<Ignore, byte[]> message, CancellationToken cancellationToken)
    {
        int partition = message.Partition.Value;
        long offset = message.Offset.Value;
        ReplayItem item = decode(message.Message.Value, new RecordPosition(source, partition, offset, IsLine: false));
        var entry = new IntakeItem(item, new SourcePosition(source, partition, offset + 1), partitions.Open(partition, offset));
        if (!intake.TryEnter(entry)) WaitToEnter(entry, cancellationToken);
        partitions.HandedIn(partition, offset);
    }

    private void WaitToEnter(IntakeItem entry, CancellationToken cancellationToken)
    {
        Task entering = intake.EnterAsync(entry, cancellationToken).AsTask();
        try
        {
            if (Task.WaitAny([entering], PauseAfter) < 0) WaitPaused(entering);
            entering.GetAwaiter().GetResult();
        }
        catch (ChannelClosedException)
        {
            // Another source has failed and the pipeline takes nothing more.
            throw new OperationCanceledException(cancellationToken);
        }
    }

    private void WaitPaused(Task entering)
    {
        do
        {
            // Partitions assigned meanwhile are not paused yet and may give a message before they are.
            consumer.Pause(consumer.Assignment);
            if (Poll(TimeSpan.Zero) is { } early) held.Enqueue(early);
            Tell();
        }
        while (Task.WaitAny([entering], PollWhilePausedEvery) < 0);
        consumer.Resume(consumer.Assignment);
    }

    private void Tell()
    {
        long now = Environment.TickCount64;
        if (now - toldAt < TellEvery.TotalMilliseconds) return;
        toldAt = now;
        partitions.StoreDurable(consumer, source[KafkaSource.NameOf("").Length..]);
    }
}
