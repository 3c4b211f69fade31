using Ecart.MariaDb.Reading;
using Ecart.MariaDb.Writing;
using MySqlConnector;

namespace Ecart.Streaming.Pipeline;

/// <summary>Asks the store what it knows of a batch's uids. Owns a connection; not thread-safe.</summary>
internal sealed class BatchLookUp(IDomainStore store, string connectionString, StoreRetry retry) : IAsyncDisposable
{
    private readonly EventKeyStore keys = new();
    private MySqlConnection? connection;

    /// <summary>Fills what is known of a batch, bridging an outage.</summary>
    /// <exception cref="StoreUnavailableException">The store did not come back in time.</exception>
    public Task RunAsync(IncomingBatch batch, CancellationToken cancellationToken) => retry.RunAsync(
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
        CloseAsync,
        cancellationToken);

    public async ValueTask DisposeAsync() => await CloseAsync().ConfigureAwait(false);

    private async Task CloseAsync()
    {
        if (connection is not null) await connection.DisposeAsync().ConfigureAwait(false);
        connection = null;
    }
}
