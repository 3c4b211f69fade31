using System.Buffers;
using Ecart.Profiles;
using Ecart.Scoring;
using Ecart.Thresholds;

namespace Ecart.Domains.Network;

/// <summary>Hands changed state to a sink and takes it back. Sources exactly, populations and roles as counts.</summary>
internal sealed class NetworkCheckpoint(NetworkState state)
{
    public const string SourceType = "ip";
    private const string PopulationType = "population";
    private const string RoleType = "role";
    private const string DistanceId = "network_distance";
    private const string VolumeId = "network_volume";
    private readonly ArrayBufferWriter<byte> buffer = new(16 * 1024);

    public void Write(IStateSink sink)
    {
        foreach (AddressState source in state.Sources.All.Where(state.Sources.IsChanged).OrderBy(source => source.Id, StringComparer.Ordinal))
        {
            buffer.ResetWrittenCount();
            AddressStateCodec.Write(source, new StateWriter(buffer));
            sink.Entity(SourceType, source.Id, source.Lane, source.Seq, AddressStateCodec.Format, buffer.WrittenSpan);
        }

        state.Sources.EndCheckpoint();
        foreach ((string address, RoleCounts role) in state.Roles.Where(static entry => entry.Value.IsDirty).OrderBy(static entry => entry.Key, StringComparer.Ordinal))
        {
            buffer.ResetWrittenCount();
            role.Write(new StateWriter(buffer));
            sink.Entity(RoleType, address, IStateSink.NoLane, 0, AddressStateCodec.Format, buffer.WrittenSpan);
            role.IsDirty = false;
        }

        if (!state.PopulationIsDirty) return;
        WritePopulation(DistanceId, state.Distance, sink);
        WritePopulation(VolumeId, state.Volume, sink);
        state.PopulationIsDirty = false;
    }

    public void RestoreEntity(string entityType, string entityId, int lane, long seq, int format, ReadOnlySpan<byte> bytes)
    {
        if (format != AddressStateCodec.Format)
            throw StateFormatException.OtherFormat(entityType, entityId, format, $"format {AddressStateCodec.Format}");

        try
        {
            Restore(entityType, entityId, lane, seq, bytes);
        }
        catch (ArgumentOutOfRangeException error)
        {
            throw StateFormatException.Damaged(entityType, entityId, error, bytes.Length);
        }
    }

    private void Restore(string entityType, string entityId, int lane, long seq, ReadOnlySpan<byte> bytes)
    {
        var reader = new StateReader(bytes);
        if (entityType == PopulationType)
        {
            TailHistogramCodec.Include(entityId == VolumeId ? state.Volume : state.Distance, ref reader);
        }
        else if (entityType == RoleType)
        {
            if (state.RoleOf(entityId) is not { } role) return;
            role.Include(ref reader);
            role.IsDirty = false;
        }
        else
        {
            AddressState source = state.NewSource(entityId);
            source.Lane = lane;
            source.Seq = seq;
            AddressStateCodec.Read(source, ref reader);
            state.Sources.Put(source);
        }

        reader.RequireEnd();
    }

    private void WritePopulation(string id, TailHistogram histogram, IStateSink sink)
    {
        buffer.ResetWrittenCount();
        TailHistogramCodec.Write(histogram, new StateWriter(buffer));
        sink.Entity(PopulationType, id, IStateSink.NoLane, 0, AddressStateCodec.Format, buffer.WrittenSpan);
    }
}
