using System.Buffers;
using Ecart.Detection.Batch;
using Ecart.Profiles;
using Ecart.Rules.Windows;
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
            var writer = new StateWriter(buffer);
            AddressStateCodec.Write(source, writer);
            writer.Int(source.Windows is null ? 0 : 1);
            if (source.Windows is { } events) state.Windows.WriteOwn(events, writer);
            sink.Entity(SourceType, source.Id, source.Lane, source.Seq, AddressStateCodec.Format, buffer.WrittenSpan);
        }

        state.Sources.EndCheckpoint();
        state.Windows.Write(sink, AddressStateCodec.Format);
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
        for (int slot = 0; slot < state.Streams.Slots.Count; slot++) WritePopulation(state.Streams.Slots.NameOf(slot), state.Streams[slot], sink);
        state.PopulationIsDirty = false;
    }

    public void RestoreEntity(string entityType, string entityId, int lane, long seq, int format, ReadOnlySpan<byte> bytes)
    {
        if (format is < AddressStateCodec.OldestFormat or > AddressStateCodec.Format)
            throw StateFormatException.OtherFormat(entityType, entityId, format, $"formats {AddressStateCodec.OldestFormat} to {AddressStateCodec.Format}");

        try
        {
            Restore(entityType, entityId, lane, seq, format, bytes);
        }
        catch (ArgumentOutOfRangeException error)
        {
            throw StateFormatException.Damaged(entityType, entityId, error, bytes.Length);
        }
        catch (ArtefactException error)
        {
            throw StateFormatException.DamagedDetector(entityType, entityId, error);
        }
    }

    private void Restore(string entityType, string entityId, int lane, long seq, int format, ReadOnlySpan<byte> bytes)
    {
        var reader = new StateReader(bytes);
        if (entityType == PopulationType)
        {
            if (PopulationOf(entityId) is not { } population) return;
            TailHistogramCodec.Include(population, ref reader);
        }
        else if (entityType == RoleType)
        {
            if (state.RoleOf(entityId) is not { } role) return;
            role.Include(ref reader);
            role.IsDirty = false;
        }
        else if (entityType == EntityWindows<NetworkContext>.StoredType)
        {
            state.Windows.Restore(entityId, ref reader);
        }
        else
        {
            AddressState source = state.NewSource(entityId);
            source.Lane = lane;
            source.Seq = seq;
            AddressStateCodec.Read(source, format, ref reader);
            if (format > AddressStateCodec.OldestFormat && reader.Int() != 0) source.Windows = state.Windows.ReadOwn(ref reader);
            state.Sources.Put(source);
        }

        reader.RequireEnd();
    }

    /// <returns>Null for that of a streaming detector that the configuration does not name any more.</returns>
    private TailHistogram? PopulationOf(string id) => id switch
    {
        DistanceId => state.Distance,
        VolumeId => state.Volume,
        _ => state.Streams.Find(id),
    };

    private void WritePopulation(string id, TailHistogram histogram, IStateSink sink)
    {
        buffer.ResetWrittenCount();
        TailHistogramCodec.Write(histogram, new StateWriter(buffer));
        sink.Entity(PopulationType, id, IStateSink.NoLane, 0, AddressStateCodec.Format, buffer.WrittenSpan);
    }
}
