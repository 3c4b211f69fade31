using Ecart.Domains.Iot.Calibration;
using Ecart.Scoring;

namespace Ecart.Domains.Iot;

/// <summary>What other processes keep of the entities that rules look at. Not thread-safe.</summary>
internal sealed class IotOthers : IOtherCounts
{
    private readonly IotCheckpoint checkpoint;

    public IotOthers(IotOptions options)
    {
        State = new IotState(options, IotCalibration.None);
        checkpoint = new IotCheckpoint(options, State);
    }

    /// <summary>The sum of everything added; it has no devices.</summary>
    public IotState State { get; }

    public void AddHistory(string entityType, string entityId, ReadOnlySpan<DayCount> days)
    {
        // The domain keeps no verdict history.
    }

    public void AddShared(string entityType, string entityId, int format, ReadOnlySpan<byte> state) =>
        checkpoint.RestoreEntity(entityType, entityId, IStateSink.NoLane, 0, format, state);
}
