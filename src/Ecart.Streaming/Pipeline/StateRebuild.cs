using Ecart.MariaDb.Reading;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;
using Ecart.Streaming.Lanes;

namespace Ecart.Streaming.Pipeline;

/// <summary>
/// Makes the state of a domain (profiles, verdict histories, populations) again from its stored log and keeps it as the state to go on from. Takes over all
/// lanes: a replay that runs meanwhile is fenced off.
/// </summary>
/// <param name="connectionString">The store.</param>
/// <param name="store">The domain's tables.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class StateRebuild(string connectionString, IDomainStore store, TimeProvider timeProvider)
{
    /// <summary>Told of each log entry once it is folded; null for nobody.</summary>
    internal Action<LogEntry>? Folded { get; init; }

    /// <summary>Told when all entries of a lane are folded; null for nobody.</summary>
    internal Action? LaneFolded { get; init; }

    /// <summary>Rebuilds everything.</summary>
    /// <param name="engine">An engine that knows nothing yet, by the configuration and models in force; it holds the state then.</param>
    /// <param name="progress">Told the number of log entries read so far, every 10,000.</param>
    /// <param name="cancellationToken">Gives up; nothing has changed then.</param>
    /// <returns>Log entries read.</returns>
    public async Task<long> RunAsync(IDomainEngine engine, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(engine);
        OwnedLanes owned = await new LaneStore(connectionString, store.Domain).AcquireAllAsync(cancellationToken).ConfigureAwait(false);
        long entries = 0;
        foreach (LanePosition lane in owned.Lanes)
        {
            await foreach (LogEntry entry in store.ReadLogAsync([lane with { CheckpointSeq = 0 }], cancellationToken).ConfigureAwait(false))
            {
                ScoredEvent scored = entry.Event;
                if (entry.Label is { } label) engine.ApplyLabel(in scored, label, entry.Previous, entry.Seq);
                else engine.Refold(in scored);
                Folded?.Invoke(entry);
                if (++entries % 10_000 == 0) progress?.Report(entries);
            }

            LaneFolded?.Invoke();
        }

        await KeepAsync(engine, owned, cancellationToken).ConfigureAwait(false);
        return entries;
    }

    private async Task KeepAsync(IDomainEngine engine, OwnedLanes owned, CancellationToken cancellationToken)
    {
        var batch = new CommitBatch { Checkpoint = new StateCheckpoint(engine.Domain, RowFormat.LoadData, owned.Part) { IsWhole = true, EmbeddingVersion = engine.EmbeddingVersion } };
        engine.WriteCheckpoint(batch.Checkpoint);
        new LaneCursors(owned).AddAdvances(batch.Lanes);
        await using var committer = new BatchCommitter(connectionString, store.MakeTable, new BatchCommitterOptions { TimeProvider = timeProvider });
        await committer.SubmitAsync(batch, cancellationToken).ConfigureAwait(false);
    }
}
