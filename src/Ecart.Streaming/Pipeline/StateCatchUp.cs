using Ecart.MariaDb.Reading;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;

namespace Ecart.Streaming.Pipeline;

/// <summary>
/// Brings the stored states of an embedding version up to the lanes' checkpoints by folding the log, lane by lane: beside whoever scores by another
/// version, or before a run by this one. Takes nothing over. Thread-safe.
/// </summary>
/// <param name="connectionString">The store.</param>
/// <param name="store">The domain's tables.</param>
/// <param name="format">How rows are written. Default LOAD DATA.</param>
public sealed class StateCatchUp(string connectionString, IDomainStore store, RowFormat format = RowFormat.LoadData)
{
    private readonly EmbeddingStateStore states = new(connectionString);

    /// <summary>Brings up all lanes, again and again until hardly anything was left to do: a run that begins then has little to wait for.</summary>
    /// <param name="engine">An engine of the version; is not changed.</param>
    /// <param name="progress">Told the number of log entries read so far, every 10,000.</param>
    /// <param name="cancellationToken">Gives up; the lanes that are done stay so.</param>
    /// <returns>Log entries folded.</returns>
    public async Task<long> RunAsync(IDomainEngine engine, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        const int Little = 10_000;
        long entries = 0;
        for (long before = -Little; entries - before >= Little;)
        {
            before = entries;
            IReadOnlyList<LanePosition> lanes = await new LaneStore(connectionString, store.Domain).ReadAsync(cancellationToken).ConfigureAwait(false);
            entries += await RunAsync(engine, lanes, entries, progress, cancellationToken).ConfigureAwait(false);
        }

        return entries;
    }

    /// <summary>Brings up the lanes that a run owns.</summary>
    internal Task<long> BringUpAsync(IDomainEngine engine, IReadOnlyList<LanePosition> lanes, CancellationToken cancellationToken) =>
        RunAsync(engine, lanes, 0, null, cancellationToken);

    private async Task<long> RunAsync(
        IDomainEngine engine, IReadOnlyList<LanePosition> lanes, long before, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(engine);
        long entries = 0;
        for (bool isDone = false; !isDone;)
        {
            isDone = true;
            IReadOnlyDictionary<int, long> reached = await states.ReadAsync(engine.Domain, engine.EmbeddingVersion, cancellationToken).ConfigureAwait(false);
            foreach (LanePosition lane in lanes)
            {
                long from = reached.GetValueOrDefault(lane.Lane);
                if (from >= lane.CheckpointSeq) continue;
                LanePosition span = lane with { CheckpointSeq = from, Seq = lane.CheckpointSeq };
                StateCheckpoint folded = await FoldAsync(engine.MakeFresh(), span, Count, cancellationToken).ConfigureAwait(false);
                isDone &= await states.AdvanceAsync(folded, span, cancellationToken).ConfigureAwait(false);
            }
        }

        return entries;

        void Count()
        {
            if ((before + ++entries) % 10_000 == 0) progress?.Report(before + entries);
        }
    }

    private async Task<StateCheckpoint> FoldAsync(IDomainEngine engine, LanePosition span, Action count, CancellationToken cancellationToken)
    {
        if (span.CheckpointSeq > 0)
        {
            IReadOnlyCollection<string> changed = await store.ReadChangedEntitiesAsync([span], cancellationToken).ConfigureAwait(false);
            await new EntityStateStore(connectionString).RestoreEntitiesAsync(engine, changed, cancellationToken).ConfigureAwait(false);
        }

        await foreach (LogEntry entry in store.ReadLogAsync([span], cancellationToken).ConfigureAwait(false))
        {
            ScoredEvent scored = entry.Event;
            if (entry.Label is { } isFraud) engine.ApplyLabel(in scored, isFraud, entry.Previous, entry.Seq);
            else engine.Refold(in scored);
            count();
        }

        // Histories and populations are the same whatever the embedding, and counted already.
        var checkpoint = new StateCheckpoint(engine.Domain, format, default) { EmbeddingVersion = engine.EmbeddingVersion };
        engine.WriteCheckpoint(checkpoint);
        return checkpoint;
    }
}
