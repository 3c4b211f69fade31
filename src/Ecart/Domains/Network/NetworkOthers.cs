using Ecart.Scoring;

namespace Ecart.Domains.Network;

/// <summary>What other processes have counted of populations and roles. Not thread-safe.</summary>
internal sealed class NetworkOthers : IOtherCounts
{
    private readonly NetworkCheckpoint checkpoint;

    public NetworkOthers(NetworkOptions options)
    {
        State = new NetworkState(options);
        checkpoint = new NetworkCheckpoint(State);
    }

    /// <summary>The sum of everything added; it has no sources.</summary>
    public NetworkState State { get; }

    /// <summary>The network domain keeps no verdict histories.</summary>
    public void AddHistory(string entityType, string entityId, ReadOnlySpan<DayCount> days)
    {
    }

    public void AddShared(string entityType, string entityId, int format, ReadOnlySpan<byte> state) =>
        checkpoint.RestoreEntity(entityType, entityId, IStateSink.NoLane, 0, format, state);
}
