using Ecart.Scoring;

namespace Ecart.Domains.Transactions;

/// <summary>What other processes have counted of merchants, devices, addresses and populations. Not thread-safe.</summary>
internal sealed class TransactionOthers : IOtherCounts
{
    private readonly TransactionCheckpoint checkpoint;

    public TransactionOthers(TransactionOptions options)
    {
        State = new TransactionState(options);
        checkpoint = new TransactionCheckpoint(State);
    }

    /// <summary>The sum of everything added; it has no accounts.</summary>
    public TransactionState State { get; }

    public void AddHistory(string entityType, string entityId, ReadOnlySpan<DayCount> days) => checkpoint.RestoreHistory(entityType, entityId, days);

    public void AddShared(string entityType, string entityId, int format, ReadOnlySpan<byte> state) =>
        checkpoint.RestoreEntity(entityType, entityId, IStateSink.NoLane, 0, format, state);
}
