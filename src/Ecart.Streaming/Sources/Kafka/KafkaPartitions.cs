using Confluent.Kafka;
using Ecart.MariaDb.Writing;
using Ecart.Streaming.Live;

namespace Ecart.Streaming.Sources.Kafka;

/// <summary>
/// Where each partition is read from and how far it has come. The store decides; this process's own reading counts too, because what it has handed in
/// will be stored. Not thread-safe: the reading thread's.
/// </summary>
internal sealed class KafkaPartitions(string source, IIntake intake, KafkaLag lag, Action<string>? report, CancellationToken cancellationToken)
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PauseWithoutStore = TimeSpan.FromSeconds(1);
    private readonly Dictionary<int, PartitionState> states = [];

    /// <summary>True when everything is handed in that the assigned partitions held when they were assigned.</summary>
    public bool IsCaughtUp { get; private set; }

    /// <summary>Decides where newly assigned partitions are read from.</summary>
    public List<TopicPartitionOffset> Assign(IConsumer<Ignore, byte[]> consumer, IReadOnlyList<TopicPartition> assigned)
    {
        IReadOnlyDictionary<int, long> stored = ReadPositions();
        foreach (TopicPartition partition in assigned)
        {
            if (!states.TryGetValue(partition.Partition.Value, out PartitionState? state))
                states.Add(partition.Partition.Value, state = new PartitionState());
            state.IsAssigned = true;
            if (stored.TryGetValue(partition.Partition.Value, out long next)) state.Next = Math.Max(next, state.Next);
        }

        return Locate(consumer, assigned);
    }

    /// <summary>Takes note of partitions that another member reads from now on. What was handed in of them is still stored.</summary>
    public void Revoke(IConsumer<Ignore, byte[]> consumer, IReadOnlyList<TopicPartitionOffset> revoked)
    {
        // A pause outlives the assignment: a partition that is given back would never be read again.
        consumer.Resume(revoked.Select(partition => partition.TopicPartition));
        foreach (TopicPartitionOffset partition in revoked)
        {
            if (!states.TryGetValue(partition.Partition.Value, out PartitionState? state)) continue;
            state.IsAssigned = false;
            lag.Forget(partition.Partition.Value);
        }
    }

    /// <summary>
    /// Where to read on, given what the broker still has. Messages that are gone are reported; reading goes on with the oldest.
    /// </summary>
    public List<TopicPartitionOffset> Locate(IConsumer<Ignore, byte[]> consumer, IReadOnlyList<TopicPartition> partitions)
    {
        var starts = new List<TopicPartitionOffset>(partitions.Count);
        bool isAnswering = true;
        foreach (TopicPartition partition in partitions)
        {
            PartitionState state = states[partition.Partition.Value];
            WatermarkOffsets? held = isAnswering ? Ask(consumer, partition) : null;
            isAnswering = held is not null;
            if (held is not null) Compare(partition.Partition.Value, state, held);
            state.Start = state.Next;
            starts.Add(new TopicPartitionOffset(partition, state.Next < 0 ? Offset.Beginning : new Offset(state.Next)));
        }

        FindWhetherCaughtUp();
        return starts;
    }

    /// <summary>The receipt of a message about to be handed in.</summary>
    public IReceipt Open(int partition, long offset)
    {
        PartitionProgress progress = states[partition].Progress;
        progress.Open(offset);
        return progress;
    }

    /// <summary>A message is handed in.</summary>
    public void HandedIn(int partition, long offset)
    {
        PartitionState state = states[partition];
        state.Next = offset + 1;
        if (!IsCaughtUp && state.Next >= state.End) FindWhetherCaughtUp();
    }

    /// <summary>No message is left in a partition at this moment.</summary>
    public void ReachedEnd(int partition)
    {
        states[partition].End = 0;
        if (!IsCaughtUp) FindWhetherCaughtUp();
    }

    /// <summary>Lets the client commit to the group, in the background, what is durable by now, and measures what is not.</summary>
    public void StoreDurable(IConsumer<Ignore, byte[]> consumer, string topic)
    {
        foreach ((int partition, PartitionState state) in states)
        {
            if (!state.IsAssigned) continue;
            long durable = state.Progress.Durable;
            Measure(consumer, new TopicPartition(topic, partition), state, durable);
            if (durable <= state.Told) continue;
            try
            {
                consumer.StoreOffset(new TopicPartitionOffset(topic, partition, durable));
                state.Told = durable;
            }
            catch (KafkaException)
            {
                // Not ours any more; the member that reads it now tells the group.
            }
        }
    }

    /// <summary>The client remembers what the broker said with the messages that it fetched last: nothing is asked.</summary>
    private void Measure(IConsumer<Ignore, byte[]> consumer, TopicPartition partition, PartitionState state, long durable)
    {
        WatermarkOffsets held = consumer.GetWatermarkOffsets(partition);
        long next = Math.Max(durable, state.Start);
        if (!held.High.IsSpecial) lag.Set(partition.Partition.Value, Math.Max(0, held.High.Value - Math.Max(next, held.Low.IsSpecial ? 0 : held.Low.Value)));
    }

    private void FindWhetherCaughtUp() => IsCaughtUp |= states.Values.All(state => !state.IsAssigned || state.Next >= state.End || state.End == 0);

    private void Compare(int partition, PartitionState state, WatermarkOffsets held)
    {
        long oldest = held.Low.Value;
        long end = held.High.Value;
        if (state.End == long.MaxValue) state.End = end > oldest ? end : 0;
        if (state.Next < 0) return;
        if (state.Next < oldest)
        {
            report?.Invoke(
                $"{source} partition {partition}: {oldest - state.Next} messages, offsets {state.Next} to {oldest - 1}, are gone from the broker before they were "
                + "read. Reading goes on with the oldest that is left; send the lost ones again, and keep messages longer (retention.ms, retention.bytes).");
            state.Next = oldest;
        }
        else if (state.Next > end)
        {
            report?.Invoke(
                $"{source} partition {partition}: was read up to offset {state.Next}, but the broker has no more than {end}: the topic was made anew or has lost "
                + $"messages. It is read again from offset {oldest}; events that are known take no effect.");
            state.Next = oldest;
            state.End = end;
        }
    }

    private static WatermarkOffsets? Ask(IConsumer<Ignore, byte[]> consumer, TopicPartition partition)
    {
        try
        {
            return consumer.QueryWatermarkOffsets(partition, AnswerWithin);
        }
        catch (KafkaException)
        {
            // The broker is away. If the position turns out to be gone, the client says so and it is asked again.
            return null;
        }
    }

    /// <summary>Waits for the store as long as it takes: without it nothing could be stored either.</summary>
    private IReadOnlyDictionary<int, long> ReadPositions()
    {
        while (true)
        {
            try
            {
                // The client asks on its own thread and waits for the answer.
                return intake.ReadPositionsAsync(source, cancellationToken).GetAwaiter().GetResult();
            }
            catch (Exception error) when (TransientErrors.IsTransient(error))
            {
                report?.Invoke($"{source}: the positions cannot be read from the store, next try in {PauseWithoutStore.TotalSeconds} s: {error.Message}");
                cancellationToken.WaitHandle.WaitOne(PauseWithoutStore);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    private sealed class PartitionState
    {
        /// <summary>The next offset to hand in; -1 when the partition was never read.</summary>
        public long Next { get; set; } = -1;

        /// <summary>Where reading began when the partition was last located.</summary>
        public long Start { get; set; }

        /// <summary>Where the partition ended when it was first assigned; 0 once the end was seen.</summary>
        public long End { get; set; } = long.MaxValue;

        public bool IsAssigned { get; set; }

        /// <summary>What the group was told.</summary>
        public long Told { get; set; } = -1;

        public PartitionProgress Progress { get; } = new();
    }
}
