using Ecart.Detection.Sequences;
using Ecart.Profiles;

namespace Ecart.Domains.UserBehavior;

/// <summary>Stores a <see cref="UserState"/> exactly: a restored state scores bit for bit as the one that was stored.</summary>
internal static class UserStateCodec
{
    /// <summary>Version of the bytes.</summary>
    public const int Format = 2;

    /// <summary>Oldest version that can be read: without streaming detectors.</summary>
    public const int OldestFormat = 1;

    private const int MostPending = 1000;

    public static void Write(UserState user, StateWriter writer)
    {
        writer.Long(user.NewestTicks);
        writer.Double(user.Surprise);
        writer.Long(user.SurpriseTicks);
        ProfileWindowCodec.Write(user.Profile, writer);
        writer.Int(user.CallerVersion);
        if (user.CallerProfile is not null) ProfileWindowCodec.Write(user.CallerProfile, writer);
        ReadOnlySpan<EventTimeWindow.Entry> entries = user.Recent.Entries;
        writer.Int(entries.Length);
        foreach (ref readonly EventTimeWindow.Entry entry in entries)
        {
            writer.Long(entry.Ticks);
            writer.Double(entry.Amount);
        }

        writer.Int(user.HabitEvents);
        Write(user.Habits, writer);
        writer.Int(user.PlaceCount);
        foreach (ref readonly UserPlace place in user.Places)
        {
            writer.Long(place.Ticks);
            writer.Double(place.Latitude);
            writer.Double(place.Longitude);
            writer.Text(place.Country);
            writer.Long((long)place.Device);
            writer.Long((long)place.Network);
        }

        Write(user.Sequence, writer);
        user.Streams.Write(writer);
    }

    public static void Read(UserState user, int format, ref StateReader reader)
    {
        user.NewestTicks = reader.Long();
        user.Surprise = reader.Double();
        user.SurpriseTicks = reader.Long();
        ProfileWindowCodec.Read(user.Profile, ref reader);
        int callerVersion = reader.Int();
        if (callerVersion != 0) ProfileWindowCodec.Read(user.UseCallerProfile(callerVersion), ref reader);
        int entries = reader.Count(1 << 16);
        for (int i = 0; i < entries; i++) user.Recent.Add(reader.Long(), reader.Double());
        user.HabitEvents = reader.Count(int.MaxValue);
        Read(user.Habits, ref reader);
        int places = reader.Count(UserState.PlaceCapacity);
        for (int i = 0; i < places; i++)
        {
            user.AddPlace(new UserPlace(
                reader.Long(), reader.Double(), reader.Double(), reader.Text(), (ulong)reader.Long(), (ulong)reader.Long()));
        }

        Read(user.Sequence, ref reader);
        if (format > OldestFormat) user.Streams.Read(ref reader);
    }

    /// <summary>What the users of a role, or everybody, do.</summary>
    public static void Write(RolePopulation population, StateWriter writer)
    {
        writer.Int(population.Events);
        Write(population.Habits, writer);
        Write(population.Sequence, writer);
    }

    /// <summary>Adds what was stored to what is known.</summary>
    public static void Include(RolePopulation population, ref StateReader reader)
    {
        population.Events += reader.Count(int.MaxValue);
        Read(population.Habits, ref reader);
        Read(population.Sequence, ref reader);
    }

    private static void Write(SequenceHistory history, StateWriter writer)
    {
        Write(history.Own, writer);
        writer.Int(history.Learned);
        writer.Double(history.Carry);
        writer.Long(history.CarryTicks);
        writer.Int(history.Refused);
        writer.Int(history.IsTainted ? 1 : 0);
        writer.Int(history.PendingCount);
        foreach (ulong action in history.Pending) writer.Long((long)action);
    }

    private static void Read(SequenceHistory history, ref StateReader reader)
    {
        Read(history.Own, ref reader);
        history.Learned = reader.Count(int.MaxValue);
        history.Carry = reader.Double();
        history.CarryTicks = reader.Long();
        history.Refused = reader.Count(int.MaxValue);
        history.IsTainted = reader.Int() != 0;
        int pending = reader.Count(MostPending);
        for (int i = 0; i < pending; i++) history.Append((ulong)reader.Long(), MostPending);
    }

    private static void Write(SequenceCounts counts, StateWriter writer)
    {
        writer.Int(counts.Blocks);
        Write(counts.Actions, writer);
        Write(counts.Pairs, writer);
        Write(counts.Firsts, writer);
    }

    private static void Read(SequenceCounts counts, ref StateReader reader)
    {
        counts.Blocks += reader.Count(int.MaxValue);
        Read(counts.Actions, ref reader);
        Read(counts.Pairs, ref reader);
        Read(counts.Firsts, ref reader);
    }

    private static void Write(CountTable table, StateWriter writer)
    {
        (ulong Key, int Weight)[] entries = table.ToArray();
        writer.Int(entries.Length);
        foreach ((ulong key, int weight) in entries)
        {
            writer.Long((long)key);
            writer.Int(weight);
        }
    }

    private static void Read(CountTable table, ref StateReader reader)
    {
        int count = reader.Count(1 << 24);
        for (int i = 0; i < count; i++) table.Add((ulong)reader.Long(), reader.Count(int.MaxValue));
    }
}
