using Ecart.Events;

namespace Ecart.Scoring;

/// <summary>
/// Scores the events of one domain and keeps the state behind it. The state is a fold over the committed log, in the order of each lane:
/// the same log always gives the same state, bit for bit. Not thread-safe: one scoring thread.
/// </summary>
public interface IDomainEngine
{
    /// <summary>Name of the domain.</summary>
    string Domain { get; }

    /// <summary>Floats in an embedding.</summary>
    int Dimension { get; }

    /// <summary>Fills the verdict of an event as seen from everything learned so far. Changes no state.</summary>
    void Score(DomainEvent domainEvent, Verdict verdict);

    /// <summary>Takes a scored event into the state. Call once an event, in lane order, right after <see cref="Score"/>.</summary>
    void Learn(in ScoredEvent scored);

    /// <summary>Takes a stored event into the state again, after a restart. Its verdict is the stored one and is not changed.</summary>
    void Refold(in ScoredEvent stored);

    /// <summary>Takes a label into the state.</summary>
    /// <param name="labelled">The event that the label speaks of, with its stored verdict.</param>
    /// <param name="isFraud">The label.</param>
    /// <param name="previous">The label that this one corrects; null when it is the first.</param>
    /// <param name="seq">The label's own place in the lane's log.</param>
    void ApplyLabel(in ScoredEvent labelled, bool isFraud, bool? previous, long seq);

    /// <summary>Hands all state changed since the last call to a sink.</summary>
    void WriteCheckpoint(IStateSink sink);

    /// <summary>Takes back one entity's state.</summary>
    /// <exception cref="StateFormatException">The format is newer than this program or the bytes are damaged.</exception>
    void RestoreEntity(string entityType, string entityId, int lane, long seq, int format, ReadOnlySpan<byte> state);

    /// <summary>Takes back one day of an entity's verdict history.</summary>
    void RestoreDaily(string entityType, string entityId, int day, int events, int frauds);
}
