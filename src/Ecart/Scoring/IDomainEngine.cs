using Ecart.Events;

namespace Ecart.Scoring;

/// <summary>
/// Scores the events of one domain and keeps the state behind it. The state is a fold over the committed log, in the order of each lane:
/// the same log always gives the same state, bit for bit. Not thread-safe: one scoring thread.
/// </summary>
/// <remarks>
/// Memory is bounded by its owner. Before a batch, ask <see cref="TryUse"/> of each primary entity in it, <see cref="Evict"/> to make room, and restore those
/// that are missing; one that the store does not know is new. Dropping and restoring changes no verdict.
/// </remarks>
public interface IDomainEngine
{
    /// <summary>Name of the domain.</summary>
    string Domain { get; }

    /// <summary>Floats in an embedding.</summary>
    int Dimension { get; }

    /// <summary>Version of the embeddings that it makes, and of the entities' state: one state is kept for each version, and they never mix.</summary>
    int EmbeddingVersion { get; }

    /// <summary>Type of the entities that may be dropped and are restored when they are needed; what is kept under other types is restored at the start.</summary>
    string EntityType { get; }

    /// <summary>Entities in memory.</summary>
    int ResidentEntities { get; }

    /// <summary>Entities changed since the last checkpoint.</summary>
    int ChangedEntities { get; }

    /// <summary>Days of verdict history that the engine looks at, before its newest day.</summary>
    int HistoryDays { get; }

    /// <summary>Score from which an event is flagged, told in explanations. Thread-safe.</summary>
    double FlagThreshold { get; }

    /// <summary>An engine by the same configuration and models that knows nothing yet. Thread-safe.</summary>
    IDomainEngine MakeFresh();

    /// <summary>The outbox route of an alert of a severity. Thread-safe.</summary>
    string RouteOf(Severity severity);

    /// <summary>Fills the verdict of an event as seen from everything learned so far. Changes no state.</summary>
    void Score(DomainEvent domainEvent, Verdict verdict);

    /// <summary>Takes a scored event into the state. Call once an event, in lane order, right after <see cref="Score"/>.</summary>
    void Learn(in ScoredEvent scored);

    /// <summary>
    /// Takes a stored event into the state again, after a restart. Its verdict is the stored one and is not changed, but that an embedding of another version
    /// gives way to that of <see cref="EmbeddingVersion"/>, made of the same layout.
    /// </summary>
    void Refold(in ScoredEvent stored);

    /// <summary>Takes a label into the state. An embedding of another version is replaced as in <see cref="Refold"/>.</summary>
    /// <param name="labelled">The event that the label speaks of, with its stored verdict.</param>
    /// <param name="isFraud">The label.</param>
    /// <param name="previous">The label that this one corrects; null when it is the first.</param>
    /// <param name="seq">The label's own place in the lane's log.</param>
    void ApplyLabel(in ScoredEvent labelled, bool isFraud, bool? previous, long seq);

    /// <summary>Makes room for what other processes count of what all lanes share.</summary>
    IOtherCounts NewOthers();

    /// <summary>
    /// Adds what other processes have counted to this engine's own counts whenever it scores, in place of what was given before. It is never written: the
    /// others write it.
    /// </summary>
    /// <param name="others">Made by <see cref="NewOthers"/>, filled, and not changed any more.</param>
    void UseOthers(IOtherCounts others);

    /// <summary>Hands all state changed since the last call to a sink.</summary>
    void WriteCheckpoint(IStateSink sink);

    /// <summary>Tells that a checkpoint is durable. Call once for each <see cref="WriteCheckpoint"/>, in their order: what it holds may be dropped then.</summary>
    void KeepCheckpoint();

    /// <summary>Makes an entity the last that would be dropped.</summary>
    /// <returns>False when it is not in memory: restore it, if the store knows it.</returns>
    bool TryUse(string entityId);

    /// <summary>
    /// Drops entities, those used longest ago first, until at most so many are left; less when what changed is not durable yet.
    /// </summary>
    /// <param name="mostResident">Entities to be left, at least those that <see cref="TryUse"/> found for the batch that comes.</param>
    /// <returns>Number of those dropped.</returns>
    int Evict(int mostResident);

    /// <summary>Takes back one entity's state.</summary>
    /// <exception cref="StateFormatException">The format is newer than this program or the bytes are damaged.</exception>
    void RestoreEntity(string entityType, string entityId, int lane, long seq, int format, ReadOnlySpan<byte> state);

    /// <summary>Takes back an entity's verdict history. Days longer ago than <see cref="HistoryDays"/> are to be left out.</summary>
    void RestoreHistory(string entityType, string entityId, ReadOnlySpan<DayCount> days);
}
