using System.Collections.Concurrent;
using Ecart.Events;
using Ecart.Scoring;
using Ecart.Streaming.Live;

namespace Ecart.Streaming.Sources.Kafka;

/// <summary>
/// How far the messages of one partition are durable. Receipts come in the order of handing in, so that each call speaks of the oldest message that is
/// still open. One thread hands in, one is told.
/// </summary>
internal sealed class PartitionProgress : IReceipt
{
    private readonly ConcurrentQueue<long> open = new();
    private long durable = -1;

    /// <summary>The first offset that is not durable; -1 before any is.</summary>
    public long Durable => Volatile.Read(ref durable);

    /// <summary>Call before a message is handed in.</summary>
    public void Open(long offset) => open.Enqueue(offset + 1);

    /// <inheritdoc/>
    public void Stored(in ScoredEvent scored) => Advance();

    /// <inheritdoc/>
    public void Known() => Advance();

    /// <inheritdoc/>
    public void Applied() => Advance();

    /// <inheritdoc/>
    public void Rejected(RejectedRecord rejected) => Advance();

    /// <inheritdoc/>
    public void Abandoned(Exception cause)
    {
        // The service ends; what follows is read again from the store's position.
    }

    private void Advance()
    {
        if (open.TryDequeue(out long next)) Volatile.Write(ref durable, next);
    }
}
