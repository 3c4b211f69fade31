using System.Collections.Concurrent;
using MySqlConnector;

namespace Ecart.MariaDb.Writing;

/// <summary>
/// Makes batches durable, each in one transaction, several at once and in the order they were submitted. Thread-safe, but the order is that
/// of the calls.
/// </summary>
/// <remarks>
/// A failure that may pass is tried again for <see cref="BatchCommitterOptions.GiveUpAfter"/>. When COMMIT fails without an answer, the lanes are
/// asked on a new connection, which waits for the old transaction: if they have moved, the batch is durable.
/// </remarks>
public sealed class BatchCommitter : IAsyncDisposable
{
    private readonly string connectionString;
    private readonly Func<IEventTable> makeTable;
    private readonly BatchCommitterOptions options;
    private readonly SemaphoreSlim places;
    private readonly ConcurrentBag<Writer> idle = [];
    private Task<CommitOutcome> tail = Task.FromResult(CommitOutcome.Clean);

    /// <summary>Makes a committer; connections are opened when needed.</summary>
    /// <param name="connectionString">The store.</param>
    /// <param name="makeTable">Makes the table of the domain, once a connection.</param>
    /// <param name="options">How.</param>
    public BatchCommitter(string connectionString, Func<IEventTable> makeTable, BatchCommitterOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.connectionString = connectionString;
        this.makeTable = makeTable;
        this.options = options;
        places = new SemaphoreSlim(options.MaximumInFlight);
    }

    /// <summary>Takes a batch; it must not be changed until the task ends.</summary>
    /// <returns>A task that ends when the batch is durable, or not written at all because the server refused rows of it.</returns>
    /// <exception cref="FencedException">Another process owns a lane now.</exception>
    /// <exception cref="DiscardedException">An earlier batch failed.</exception>
    /// <exception cref="StoreUnavailableException">The server did not come back in time.</exception>
    /// <exception cref="BatchRefusedException">The server refuses what cannot be set aside.</exception>
    public Task<CommitOutcome> SubmitAsync(CommitBatch batch, CancellationToken cancellationToken)
    {
        Task<CommitOutcome> predecessor = tail;
        Task<CommitOutcome> task = Task.Run(() => CommitAsync(batch, predecessor, cancellationToken), CancellationToken.None);
        tail = task;
        return task;
    }

    /// <summary>Waits for what was submitted and closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        await ((Task)tail).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (idle.TryTake(out Writer? writer)) await writer.DisposeAsync().ConfigureAwait(false);
        places.Dispose();
    }

    private async Task<CommitOutcome> CommitAsync(CommitBatch batch, Task<CommitOutcome> predecessor, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            long? failingSince = null;
            for (int attempt = 0; ; attempt++)
            {
                Writer writer = idle.TryTake(out Writer? reused) ? reused : new Writer(this);
                try
                {
                    CommitOutcome outcome = await writer.TryAsync(batch, predecessor, cancellationToken).ConfigureAwait(false);
                    idle.Add(writer);
                    return outcome;
                }
                catch (Exception error) when (error is not (FencedException or DiscardedException or BatchRefusedException or OperationCanceledException))
                {
                    await writer.DisposeAsync().ConfigureAwait(false);
                    if (!TransientErrors.IsTransient(error)) throw;
                    failingSince ??= options.TimeProvider.GetTimestamp();
                    if (options.TimeProvider.GetElapsedTime(failingSince.Value) > options.GiveUpAfter)
                        throw StoreUnavailableException.After(options.GiveUpAfter, error);

                    TimeSpan pause = TimeSpan.FromMilliseconds(Math.Min(5000, 50 << Math.Min(attempt, 7)));
                    options.Retrying?.Invoke(error, pause);
                    await Task.Delay(pause, options.TimeProvider, cancellationToken).ConfigureAwait(false);
                }
                catch
                {
                    await writer.DisposeAsync().ConfigureAwait(false);
                    throw;
                }
            }
        }
        finally
        {
            places.Release();
        }
    }

    /// <summary>One connection with its row buffers.</summary>
    private sealed class Writer(BatchCommitter owner) : IAsyncDisposable
    {
        private readonly IEventTable table = owner.makeTable();
        private readonly BatchRows rows = new(owner.options.Format);
        private readonly BatchRows smallRows = new(RowFormat.Insert);
        private MySqlConnection? connection;
        private CommitBatch? undecided;

        public async Task<CommitOutcome> TryAsync(CommitBatch batch, Task<CommitOutcome> predecessor, CancellationToken cancellationToken)
        {
            connection ??= await OpenAsync(cancellationToken).ConfigureAwait(false);
            await using MySqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            var work = new BatchTransaction(connection, transaction, table, SmallBatch.IsOne(batch) ? smallRows : rows, owner.options);
            IReadOnlyList<RefusedEvent> refused = await work.LoadAsync(batch, cancellationToken).ConfigureAwait(false);
            await WaitForAsync(predecessor).ConfigureAwait(false);
            if (refused.Count > 0)
            {
                await transaction.RollbackAsync(cancellationToken).ConfigureAwait(false);
                return new CommitOutcome(refused);
            }

            await work.AdvanceAsync(batch, cancellationToken).ConfigureAwait(false);
            undecided = batch;
            try
            {
                await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception error) when (TransientErrors.IsConnectionLost(error))
            {
                if (!await HasCommittedAsync(cancellationToken).ConfigureAwait(false)) throw;
                await DropConnectionAsync().ConfigureAwait(false);
            }

            undecided = null;
            return CommitOutcome.Clean;
        }

        public async ValueTask DisposeAsync() => await DropConnectionAsync().ConfigureAwait(false);

        private async Task<MySqlConnection> OpenAsync(CancellationToken cancellationToken)
        {
            MySqlConnection opened = await StoreSession.OpenAsync(owner.connectionString, cancellationToken).ConfigureAwait(false);
            if (owner.options.EndIdleTransactionsAfter is not { } limit) return opened;
            await using var command = new MySqlCommand($"SET idle_write_transaction_timeout = {(int)limit.TotalSeconds}", opened);
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            return opened;
        }

        private static async Task WaitForAsync(Task<CommitOutcome> predecessor)
        {
            await ((Task)predecessor).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (predecessor.Exception is { } failure) throw new DiscardedException(failure.GetBaseException());
            if (predecessor.IsCanceled) throw new DiscardedException(new OperationCanceledException("the earlier batch was cancelled"));
            if ((await predecessor.ConfigureAwait(false)).Refused.Count > 0)
                throw new DiscardedException(new BatchRefusedException("rows of it were refused, and this one was scored as if they were there"));
        }

        /// <summary>Asks the lanes, whose rows the old transaction holds locked until it is decided.</summary>
        private async Task<bool> HasCommittedAsync(CancellationToken cancellationToken)
        {
            long started = owner.options.TimeProvider.GetTimestamp();
            for (; ; )
            {
                try
                {
                    return await new LaneStore(owner.connectionString, table.Domain).HaveMovedAsync(undecided!.Lanes, cancellationToken).ConfigureAwait(false);
                }
                catch (Exception error) when (TransientErrors.IsTransient(error))
                {
                    // Never tried again as if it had failed: it may be durable.
                    if (owner.options.TimeProvider.GetElapsedTime(started) > owner.options.GiveUpAfter)
                        throw StoreUnavailableException.After(owner.options.GiveUpAfter, error);
                    owner.options.Retrying?.Invoke(error, TimeSpan.FromMilliseconds(500));
                    await Task.Delay(TimeSpan.FromMilliseconds(500), owner.options.TimeProvider, cancellationToken).ConfigureAwait(false);
                }
            }
        }

        private async Task DropConnectionAsync()
        {
            if (connection is null) return;
            await connection.DisposeAsync().ConfigureAwait(false);
            connection = null;
        }
    }
}
