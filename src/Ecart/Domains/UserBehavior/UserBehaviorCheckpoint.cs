using System.Buffers;
using Ecart.Detection.Batch;
using Ecart.Profiles;
using Ecart.Rules.Windows;
using Ecart.Scoring;
using Ecart.Thresholds;

namespace Ecart.Domains.UserBehavior;

/// <summary>Hands changed state to a sink and takes it back: users exactly, what all lanes share as counts.</summary>
internal sealed class UserBehaviorCheckpoint(UserBehaviorState state)
{
    public const string UserType = UserBehaviorEvent.Subject;
    private const string PopulationType = "population";
    private const string RoleType = "role";
    private const string EverybodyId = "everybody";
    private readonly ArrayBufferWriter<byte> buffer = new(16 * 1024);

    public void Write(IStateSink sink)
    {
        foreach (UserState user in state.Users.All.Where(state.Users.IsChanged).OrderBy(user => user.Id, StringComparer.Ordinal))
        {
            buffer.ResetWrittenCount();
            var writer = new StateWriter(buffer);
            UserStateCodec.Write(user, writer);
            writer.Int(user.Windows is null ? 0 : 1);
            if (user.Windows is { } events) state.Windows.WriteOwn(events, writer);
            sink.Entity(UserType, user.Id, user.Lane, user.Seq, UserStateCodec.Format, buffer.WrittenSpan);
        }

        state.Users.EndCheckpoint();
        state.Windows.Write(sink, UserStateCodec.Format);
        if (!state.PopulationIsDirty) return;
        foreach ((string id, TailHistogram histogram) in Histograms()) WriteHistogram(id, histogram, sink);
        for (int slot = 0; slot < state.Streams.Slots.Count; slot++) WriteHistogram(state.Streams.Slots.NameOf(slot), state.Streams[slot], sink);
        WriteRole(PopulationType, EverybodyId, state.Everybody, sink);
        foreach ((string id, RolePopulation role) in state.Roles.OrderBy(role => role.Key, StringComparer.Ordinal)) WriteRole(RoleType, id, role, sink);
        state.PopulationIsDirty = false;
    }

    public void RestoreEntity(string entityType, string entityId, int lane, long seq, int format, ReadOnlySpan<byte> bytes)
    {
        if (format is < UserStateCodec.OldestFormat or > UserStateCodec.Format)
            throw StateFormatException.OtherFormat(entityType, entityId, format, $"formats {UserStateCodec.OldestFormat} to {UserStateCodec.Format}");

        try
        {
            var reader = new StateReader(bytes);
            Restore(entityType, entityId, lane, seq, format, ref reader);
            reader.RequireEnd();
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

    private void Restore(string entityType, string entityId, int lane, long seq, int format, ref StateReader reader)
    {
        if (entityType == PopulationType)
        {
            if (entityId == EverybodyId) UserStateCodec.Include(state.Everybody, ref reader);
            else if (Find(entityId) is { } population) TailHistogramCodec.Include(population, ref reader);
            else reader.Skip();
            return;
        }

        if (entityType == RoleType)
        {
            // A role that has no room any more, because the configuration allows fewer, is read past.
            UserStateCodec.Include(state.UseRole(entityId) ?? state.NewRole(), ref reader);
            return;
        }

        if (entityType == EntityWindows<UserBehaviorContext>.StoredType)
        {
            state.Windows.Restore(entityId, ref reader);
            return;
        }

        UserState user = state.NewUser(entityId);
        user.Lane = lane;
        user.Seq = seq;
        UserStateCodec.Read(user, format, ref reader);
        if (reader.Int() != 0) user.Windows = state.Windows.ReadOwn(ref reader);
        state.Users.Put(user);
    }

    /// <returns>Null for that of a streaming detector that the configuration does not name any more.</returns>
    private TailHistogram? Find(string id) => Histograms().FirstOrDefault(known => known.Id == id).Histogram ?? state.Streams.Find(id);

    private (string Id, TailHistogram Histogram)[] Histograms() =>
        [("distance", state.Distance), ("novelty", state.Novelty), ("sequence", state.Sequence)];

    private void WriteRole(string type, string id, RolePopulation role, IStateSink sink)
    {
        buffer.ResetWrittenCount();
        UserStateCodec.Write(role, new StateWriter(buffer));
        sink.Entity(type, id, IStateSink.NoLane, 0, UserStateCodec.Format, buffer.WrittenSpan);
    }

    private void WriteHistogram(string id, TailHistogram histogram, IStateSink sink)
    {
        buffer.ResetWrittenCount();
        TailHistogramCodec.Write(histogram, new StateWriter(buffer));
        sink.Entity(PopulationType, id, IStateSink.NoLane, 0, UserStateCodec.Format, buffer.WrittenSpan);
    }
}
