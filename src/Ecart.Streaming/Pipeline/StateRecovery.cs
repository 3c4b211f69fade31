using Ecart.MariaDb.Reading;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;

namespace Ecart.Streaming.Pipeline;

/// <summary>
/// Builds an engine's state from the store: the last checkpoint, then every log entry after it. Of the entities only those that these entries change: others
/// are restored when they are needed.
/// </summary>
internal sealed class StateRecovery(string connectionString, IDomainStore store)
{
    /// <summary>Restores the engine to where the lanes are.</summary>
    /// <returns>Entities restored and log entries folded again.</returns>
    public async Task<(int Entities, long Entries)> RestoreAsync(
        IDomainEngine engine, OwnedLanes owned, CancellationToken cancellationToken)
    {
        IReadOnlyCollection<string> changed = await store.ReadChangedEntitiesAsync(owned.Lanes, cancellationToken).ConfigureAwait(false);
        int entities = await new EntityStateStore(connectionString).RestoreAsync(engine, owned, changed, cancellationToken).ConfigureAwait(false);
        long entries = 0;
        await foreach (LogEntry entry in store.ReadLogAsync(owned.Lanes, cancellationToken).ConfigureAwait(false))
        {
            ScoredEvent scored = entry.Event;
            if (entry.Label is { } isFraud) engine.ApplyLabel(in scored, isFraud, entry.Previous, entry.Seq);
            else engine.Refold(in scored);
            entries++;
        }

        return (entities, entries);
    }
}
