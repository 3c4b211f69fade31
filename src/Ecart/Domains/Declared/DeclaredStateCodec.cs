using Ecart.Profiles;

namespace Ecart.Domains.Declared;

/// <summary>Stores a <see cref="DeclaredEntityState"/> exactly: a restored state scores bit for bit as the one that was stored.</summary>
internal static class DeclaredStateCodec
{
    /// <summary>Version of the bytes.</summary>
    public const int Format = 1;

    private const int MostEntries = 1 << 16;

    public static void Write(DeclaredEntityState entity, StateWriter writer)
    {
        writer.Long(entity.NewestTicks);
        writer.Double(entity.Surprise);
        writer.Long(entity.SurpriseTicks);
        ProfileWindowCodec.Write(entity.Profile, writer);
        ReadOnlySpan<EventTimeWindow.Entry> entries = entity.Recent.Entries;
        writer.Int(entries.Length);
        foreach (ref readonly EventTimeWindow.Entry entry in entries) writer.Long(entry.Ticks);
        writer.Int(entity.ValueEvents);
        writer.Int(entity.NewValues.Length);
        foreach (int count in entity.NewValues) writer.Int(count);
        (ulong Key, int Weight)[] values = entity.Values.ToArray();
        writer.Int(values.Length);
        foreach ((ulong key, int weight) in values)
        {
            writer.Long((long)key);
            writer.Int(weight);
        }

        entity.Streams.Write(writer);
    }

    public static void Read(DeclaredEntityState entity, ref StateReader reader)
    {
        entity.NewestTicks = reader.Long();
        entity.Surprise = reader.Double();
        entity.SurpriseTicks = reader.Long();
        ProfileWindowCodec.Read(entity.Profile, ref reader);
        int entries = reader.Count(MostEntries);
        for (int i = 0; i < entries; i++) entity.Recent.Add(reader.Long(), 0);
        entity.ValueEvents = reader.Count(int.MaxValue);
        // As many as the layout of this version has: more or fewer is damage.
        int fields = reader.Count(entity.NewValues.Length);
        for (int i = 0; i < fields; i++) entity.NewValues[i] = reader.Count(int.MaxValue);
        int values = reader.Count(MostEntries);
        for (int i = 0; i < values; i++) entity.Values.Add((ulong)reader.Long(), reader.Count(int.MaxValue));
        entity.Streams.Read(ref reader);
    }
}
