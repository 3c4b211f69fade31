using Ecart.Profiles;

namespace Ecart.Domains.Transactions;

/// <summary>Stores an <see cref="AccountState"/> exactly: a restored state scores bit for bit as the one that was stored.</summary>
internal static class AccountStateCodec
{
    /// <summary>Version of the bytes.</summary>
    public const int Format = 3;

    /// <summary>Oldest version that can be read: without streaming detectors.</summary>
    public const int OldestFormat = 2;

    /// <summary>Version of the bytes when what the windows of rules look at follows them.</summary>
    public const int WindowsFormat = 4;

    public static void Write(AccountState account, StateWriter writer)
    {
        writer.Long(account.NewestTicks);
        writer.Double(account.Surprise);
        writer.Long(account.SurpriseTicks);
        foreach (int count in account.Channels) writer.Int(count);
        ProfileWindowCodec.Write(account.Profile, writer);
        ReadOnlySpan<EventTimeWindow.Entry> entries = account.Recent.Entries;
        writer.Int(entries.Length);
        foreach (ref readonly EventTimeWindow.Entry entry in entries)
        {
            writer.Long(entry.Ticks);
            writer.Double(entry.Amount);
        }

        WriteSet(account.Merchants, writer);
        WriteSet(account.Devices, writer);
        WriteCounts(account.Categories, writer);
        WriteCounts(account.Countries, writer);
        writer.Int(account.PlaceCount);
        foreach (ref readonly CardPlace place in account.Places)
        {
            writer.Long(place.Ticks);
            writer.Double(place.Latitude);
            writer.Double(place.Longitude);
            writer.Text(place.Country);
        }

        account.Streams.Write(writer);
    }

    public static void Read(AccountState account, int format, ref StateReader reader)
    {
        account.NewestTicks = reader.Long();
        account.Surprise = reader.Double();
        account.SurpriseTicks = reader.Long();
        for (int i = 0; i < account.Channels.Length; i++) account.Channels[i] = reader.Int();
        ProfileWindowCodec.Read(account.Profile, ref reader);
        int entries = reader.Count(1 << 16);
        for (int i = 0; i < entries; i++) account.Recent.Add(reader.Long(), reader.Double());
        ReadSet(account.Merchants, ref reader);
        ReadSet(account.Devices, ref reader);
        ReadCounts(account.Categories, ref reader);
        ReadCounts(account.Countries, ref reader);
        int places = reader.Count(AccountState.PlaceCapacity);
        for (int i = 0; i < places; i++)
            account.AddPlace(new CardPlace(reader.Long(), reader.Double(), reader.Double(), reader.Text()));
        if (format > OldestFormat) account.Streams.Read(ref reader);
    }

    private static void WriteSet(RecentSet set, StateWriter writer)
    {
        writer.Int(set.Count);
        for (int i = 0; i < set.Count; i++)
        {
            writer.Long((long)set.ItemAt(i));
            writer.Int(set.CountAt(i));
        }
    }

    private static void ReadSet(RecentSet set, ref StateReader reader)
    {
        int count = reader.Count(set.Capacity);
        for (int i = 0; i < count; i++) set.Append((ulong)reader.Long(), reader.Int());
    }

    private static void WriteCounts(TopCounts counts, StateWriter writer)
    {
        writer.Int(counts.Total);
        writer.Int(counts.Count);
        for (int i = 0; i < counts.Count; i++)
        {
            writer.Text(counts.ValueAt(i));
            writer.Int(counts.CountAt(i));
        }
    }

    private static void ReadCounts(TopCounts counts, ref StateReader reader)
    {
        counts.RestoreTotal(reader.Int());
        int count = reader.Count(counts.Capacity);
        for (int i = 0; i < count; i++)
        {
            string value = reader.Text() ?? string.Empty;
            counts.Append(value, reader.Int());
        }
    }
}
