using System.Threading.Channels;
using Ecart.MariaDb.Reading;
using Ecart.MariaDb.Writing;
using Ecart.Streaming.Sources;
using MySqlConnector;

namespace Ecart.Streaming.Pipeline;

/// <summary>
/// Reads a source ahead of the scorer: batches of items, and what the store knows of their uids. Runs on its own; stops reading when the
/// scorer is slower.
/// </summary>
internal sealed class SourceReader(
    IReplaySource source, IDomainStore store, string connectionString, PipelineOptions options, TimeProvider timeProvider)
{
    private readonly EventKeyStore keys = new();
    private readonly ReplayClock clock = new(options.Speed, timeProvider);
    private MySqlConnection? connection;

    /// <summary>Reads from a position to the end and completes the channel, with the failure if there is one.</summary>
    public async Task RunAsync(long position, ChannelWriter<IncomingBatch> output, Action<long> skipped, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Yield();
            Skip(position, skipped, cancellationToken);
            while (!cancellationToken.IsCancellationRequested)
            {
                var batch = new IncomingBatch { FirstPosition = source.Position };
                bool more = await FillAsync(batch, cancellationToken).ConfigureAwait(false);
                if (batch.Items.Count > 0)
                {
                    batch.NextPosition = source.Position;
                    await LookUpAsync(batch, cancellationToken).ConfigureAwait(false);
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
        finally
        {
            if (connection is not null) await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Looks a batch up again, for a label whose event has only now been committed.</summary>
    public async Task LookUpAsync(IncomingBatch batch, CancellationToken cancellationToken)
    {
        await StoreRetry.RunAsync(
            async () =>
            {
                connection ??= await StoreSession.OpenAsync(connectionString, cancellationToken).ConfigureAwait(false);
                batch.Stored = await keys.FindAsync(connection, batch.Keys, cancellationToken).ConfigureAwait(false);
                var labelled = new Dictionary<UInt128, EventKey>();
                for (int i = 0; i < batch.Items.Count; i++)
                {
                    if (batch.Items[i].Label is not null && batch.Stored.TryGetValue(batch.Keys[i], out EventKey key))
                        labelled[batch.Keys[i]] = key;
                }

                batch.Labelled = await store.FindAsync(connection, labelled, cancellationToken).ConfigureAwait(false);
            },
            async () =>
            {
                if (connection is not null) await connection.DisposeAsync().ConfigureAwait(false);
                connection = null;
            },
            timeProvider,
            cancellationToken).ConfigureAwait(false);
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
            if (!source.TryRead(out ReplayItem item)) return false;
            if (item.Event is { } upcoming) await clock.WaitForAsync(upcoming.OccurredAt, cancellationToken).ConfigureAwait(false);
            batch.Add(in item);
            if (options.Speed is not null && timeProvider.GetElapsedTime(started) > options.FlushInterval) return true;
        }

        return true;
    }
}
