using Ecart.Scoring;

namespace Ecart.Domains.Declared;

/// <summary>What other processes have counted of everything that lanes share. Not thread-safe.</summary>
internal sealed class DeclaredOthers : IOtherCounts
{
    private readonly DeclaredCheckpoint checkpoint;

    public DeclaredOthers(DeclaredPlan plan)
    {
        State = new DeclaredState(plan);
        checkpoint = new DeclaredCheckpoint(plan, State);
    }

    /// <summary>The sum of everything added; it has no entities.</summary>
    public DeclaredState State { get; }

    public void AddHistory(string entityType, string entityId, ReadOnlySpan<DayCount> days)
    {
        // The domain keeps no verdict history of what lanes share.
    }

    public void AddShared(string entityType, string entityId, int format, ReadOnlySpan<byte> state) =>
        checkpoint.RestoreEntity(entityType, entityId, IStateSink.NoLane, 0, format, state);
}
