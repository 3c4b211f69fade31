using System.Threading.Channels;
using Ecart.Streaming.Sources;

namespace Ecart.Streaming.Pipeline;

/// <summary>
/// Reads a source ahead of the scorer: batches of items, and what the store knows of their uids. Runs on its own; stops reading when the
/// scorer is slower.
/// </summary>
internal sealed class SourceReader(
    IReplaySource source, IDomainStore store, string connectionString, StoreRetry retry, PipelineOptions options, TimeProvider timeProvider)
{
    /// <summary>A timer takes no more than 49 days.</summary>
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(1);

    private readonly ReplayClock clock = new(options.Speed, timeProvider);
    private ReplayItem? early;
    private long earlyPosition;

    /// <summary>Position before what is not in a batch yet.</summary>
    private long Position => early is null ? source.Position : earlyPosition;

    /// <summary>Reads from a position to the end and completes the channel, with the failure if there is one.</summary>
    public async Task RunAsync(long position, ChannelWriter<IncomingBatch> output, Action<long> skipped, CancellationToken cancellationToken)
    {
        await using var lookUp = new BatchLookUp(store, connectionString, retry);
        try
        {
            await Task.Yield();
            Skip(position, skipped, cancellationToken);
            while (!cancellationToken.IsCancellationRequested)
            {
                var batch = new IncomingBatch(options.BatchSize) { Source = source.Name, FirstPosition = Position };
                bool more = await FillAsync(batch, cancellationToken).ConfigureAwait(false);
                if (batch.Items.Count > 0)
                {
                    batch.NextPosition = Position;
                    await lookUp.RunAsync(batch, cancellationToken).ConfigureAwait(false);
                    await output.WriteAsync(batch, cancellationToken).ConfigureAwait(false);
                }

                if (!more) break;
            }

            output.TryComplete();
        }
        catch (Exception error)
        {
            output.TryComplete(error is OperationCanceledException ? null : error);
        }
    }

    private void Skip(long position, Action<long> skipped, CancellationToken cancellationToken)
    {
        long taken = 0;
        while (taken < position && source.TryRead(out _))
        {
            taken++;
            if (taken % 10_000 != 0) continue;
            cancellationToken.ThrowIfCancellationRequested();
            skipped(10_000);
        }

        skipped(taken % 10_000);
    }

    private async Task<bool> FillAsync(IncomingBatch batch, CancellationToken cancellationToken)
    {
        long started = timeProvider.GetTimestamp();
        while (batch.Items.Count < options.BatchSize)
        {
            if (early is null)
            {
                earlyPosition = source.Position;
                if (!source.TryRead(out ReplayItem item)) return false;
                early = item;
            }

            if (options.Speed is not null && early is { Event: { } upcoming })
            {
                // What is due is not kept waiting for what is not.
                TimeSpan wait = clock.UntilDue(upcoming.OccurredAt);
                if (batch.Items.Count > 0 && timeProvider.GetElapsedTime(started) + wait > options.FlushInterval) return true;
                for (; wait > TimeSpan.Zero; wait = clock.UntilDue(upcoming.OccurredAt))
                    await Task.Delay(wait < LongestDelay ? wait : LongestDelay, timeProvider, cancellationToken).ConfigureAwait(false);
            }

            ReplayItem due = early.Value;
            early = null;
            batch.Add(in due);
        }

        return true;
    }
}
