using System.Numerics;
using System.Threading.Channels;
using Ecart.MariaDb.Writing;
using Ecart.Streaming.Pipeline;

namespace Ecart.Streaming.Live;

/// <summary>
/// Gathers what sources hand in into batches, without waiting for more than there is, and asks the store what it knows of them while the batch before is
/// scored. Thread-safe for sources; one runner.
/// </summary>
internal sealed class LiveIntake(IDomainStore store, string connectionString, StoreRetry retry, PipelineOptions options) : IIntake
{
    private readonly Channel<IntakeItem> items = Channel.CreateBounded<IntakeItem>(
        new BoundedChannelOptions(2 * options.BatchSize) { SingleReader = true });

    private readonly Channel<IncomingBatch> batches = Channel.CreateBounded<IncomingBatch>(
        new BoundedChannelOptions(options.BatchesAhead) { SingleReader = true, SingleWriter = true });

    private IncomingBatch? inHand;
    private volatile int runs;

    /// <summary>Batches to score.</summary>
    public ChannelReader<IncomingBatch> Batches => batches.Reader;

    /// <summary>Items that wait to become part of a batch.</summary>
    public int Waiting => items.Reader.Count;

    /// <inheritdoc/>
    public ValueTask EnterAsync(IntakeItem item, CancellationToken cancellationToken) => items.Writer.WriteAsync(item, cancellationToken);

    /// <inheritdoc/>
    public bool TryEnter(IntakeItem item) => items.Writer.TryWrite(item);

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<int, long>> ReadPositionsAsync(string source, CancellationToken cancellationToken) =>
        new LaneStore(connectionString, store.Domain).ReadOffsetsAsync(source, cancellationToken);

    /// <summary>Tells that all commits of the run before have ended: what was looked up until now may have missed some.</summary>
    /// <returns>Number of the run.</returns>
    public int BeginRun() => Interlocked.Increment(ref runs);

    /// <summary>Takes no more items: <see cref="RunAsync"/> ends once all are in batches.</summary>
    public void Close() => items.Writer.TryComplete();

    /// <summary>Makes batches until it is closed.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var lookUp = new BatchLookUp(store, connectionString, retry);
        try
        {
            while (await items.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            {
                // While batches wait to be scored, another would only wait behind them: meanwhile more items come, and larger batches cost less.
                await batches.Writer.WaitToWriteAsync(cancellationToken).ConfigureAwait(false);
                var batch = new IncomingBatch(RoomFor(items.Reader.Count)) { LookedUpIn = runs };
                inHand = batch;
                while (batch.Items.Count < options.BatchSize && items.Reader.TryRead(out IntakeItem item)) batch.Add(in item);
                PipelineTelemetry.RecordBatch(batch.Items.Count);
                using (PipelineTelemetry.Begin("look_up")) await lookUp.RunAsync(batch, cancellationToken).ConfigureAwait(false);
                await batches.Writer.WriteAsync(batch, cancellationToken).ConfigureAwait(false);
                inHand = null;
            }

            batches.Writer.TryComplete();
        }
        catch (Exception error)
        {
            batches.Writer.TryComplete(error);
        }
    }

    /// <summary>Rounded up, so that large batches take memory of few sizes and what one leaves fits another.</summary>
    private int RoomFor(int count) => Math.Min(options.BatchSize, (int)BitOperations.RoundUpToPowerOf2((uint)count));

    /// <summary>Takes no more and gives up on everything that was handed in and did not become durable. Call once <see cref="RunAsync"/> has ended.</summary>
    public void Abandon(IEnumerable<IncomingBatch> unfinished, Exception cause)
    {
        Close();
        foreach (IncomingBatch batch in unfinished) batch.Abandon(cause);
        while (batches.Reader.TryRead(out IncomingBatch? batch)) batch.Abandon(cause);
        inHand?.Abandon(cause);
        while (items.Reader.TryRead(out IntakeItem item)) item.Receipt?.Abandoned(cause);
    }
}
