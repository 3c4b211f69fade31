using Ecart.MariaDb.Reading;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;
using MySqlConnector;

namespace Ecart.Streaming.Pipeline;

/// <summary>
/// Brings the entities of a batch into memory before it is scored, and holds memory to its bound. An entity is dropped only when its state is durable as it
/// is, so what is read from the store is never older than what was dropped. Owns a connection; not thread-safe: the scoring thread's.
/// </summary>
internal sealed class ResidentSet(
    IDomainEngine engine, string connectionString, StoreRetry retry, PipelineOptions options, PipelineCounters counters) : IAsyncDisposable
{
    /// <summary>Share of the bound that may change between two checkpoints: what has changed cannot be dropped, and all of it is spelled at once.</summary>
    private const int ChangedShare = 4;

    private readonly int most = Math.Max(options.MaximumResidentEntities, options.BatchSize);
    private readonly HashSet<string> missing = new(StringComparer.Ordinal);
    private MySqlConnection? connection;
    private int hits;

    /// <summary>Whether so much has changed that a checkpoint is due.</summary>
    public bool IsCheckpointDue => engine.ChangedEntities > most / ChangedShare;

    /// <summary>Finds out which entities a batch needs from an item on, and makes room for those that are not in memory.</summary>
    /// <returns>False when there is no room until what has changed is durable; then write a checkpoint, wait for it and call again.</returns>
    public bool TryMakeRoom(IncomingBatch batch, int from)
    {
        missing.Clear();
        hits = 0;
        for (int i = from; i < batch.Items.Count; i++)
        {
            if (EntityOf(batch, i) is not { } id) continue;
            if (engine.TryUse(id)) hits++;
            else missing.Add(id);
        }

        // Those that were hit are the ones used last: as many as that stay whatever the bound is.
        counters.AddEvictions(engine.Evict(Math.Max(hits, most - missing.Count)));
        return engine.ResidentEntities + missing.Count <= most;
    }

    /// <summary>Restores those that are missing and that the store knows.</summary>
    /// <exception cref="StoreUnavailableException">The store did not come back in time.</exception>
    public async Task RestoreAsync()
    {
        if (missing.Count > 0)
        {
            using StageMeasurement? measurement = PipelineTelemetry.Begin("restore");
            await retry.RunAsync(
                async () =>
                {
                    connection ??= await StoreSession.OpenAsync(connectionString, CancellationToken.None).ConfigureAwait(false);
                    await EntityStateStore.RestoreAsync(engine, missing, connection, CancellationToken.None).ConfigureAwait(false);
                },
                CloseAsync,
                CancellationToken.None).ConfigureAwait(false);
        }

        counters.AddResidency(hits, missing.Count, engine.ResidentEntities);
    }

    public async ValueTask DisposeAsync() => await CloseAsync().ConfigureAwait(false);

    /// <summary>The entity whose state an item reads or changes; null when it will change nothing.</summary>
    private static string? EntityOf(IncomingBatch batch, int item)
    {
        if (batch.Items[item].Event is { } domainEvent)
            return batch.Stored.ContainsKey(batch.Keys[item]) ? null : domainEvent.PrimaryEntityId;
        return batch.Items[item].Label is not null && batch.Labelled.TryGetValue(batch.Keys[item], out LabelledEvent? labelled)
            ? labelled.Event.Event.PrimaryEntityId
            : null;
    }

    private async Task CloseAsync()
    {
        if (connection is not null) await connection.DisposeAsync().ConfigureAwait(false);
        connection = null;
    }
}
