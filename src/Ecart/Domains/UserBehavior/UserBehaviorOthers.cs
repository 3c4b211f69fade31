using Ecart.Scoring;

namespace Ecart.Domains.UserBehavior;

/// <summary>What other processes have counted of everybody and of the roles. Not thread-safe.</summary>
internal sealed class UserBehaviorOthers : IOtherCounts
{
    private readonly UserBehaviorCheckpoint checkpoint;

    public UserBehaviorOthers(UserBehaviorOptions options)
    {
        State = new UserBehaviorState(options);
        checkpoint = new UserBehaviorCheckpoint(State);
    }

    /// <summary>The sum of everything added; it has no users.</summary>
    public UserBehaviorState State { get; }

    public void AddHistory(string entityType, string entityId, ReadOnlySpan<DayCount> days)
    {
        // The domain keeps no verdict history of what lanes share.
    }

    public void AddShared(string entityType, string entityId, int format, ReadOnlySpan<byte> state) =>
        checkpoint.RestoreEntity(entityType, entityId, IStateSink.NoLane, 0, format, state);
}
