using Ecart.Profiles;

namespace Ecart.Domains.Network;

/// <summary>Stores an <see cref="AddressState"/> exactly: a restored state scores bit for bit as the one that was stored.</summary>
internal static class AddressStateCodec
{
    /// <summary>Version of the bytes.</summary>
    public const int Format = 4;

    /// <summary>First version that says what people were alerted of.</summary>
    private const int FirstWithAlerts = 3;

    /// <summary>First version that says against whom.</summary>
    private const int FirstWithVictims = 4;

    /// <summary>Oldest version that can be read: without streaming detectors and windows.</summary>
    public const int OldestFormat = 1;

    public static void Write(AddressState state, StateWriter writer)
    {
        writer.Long(state.NewestTicks);
        writer.Long(state.FirstTicks);
        writer.Long(state.Events);
        writer.Int((int)state.Scope);
        ProfileWindowCodec.Write(state.Profile, writer);
        WriteContacts(state.Contacts, writer);
        writer.Int(state.Daily.Day);
        writer.Long(state.Daily.ToldTicks);
        foreach (ulong marks in state.Daily.Marks) writer.Long((long)marks);
        WriteSet(state.Destinations, writer);
        WriteSet(state.Ports, writer);
        WriteTypical(state.TypicalDestinations, writer);
        writer.Int(state.Beacons.Count);
        for (int i = 0; i < state.Beacons.Count; i++) WriteBeacon(state.Beacons.At(i), writer);
        writer.Int(state.Sent.Count);
        for (int i = 0; i < state.Sent.Count; i++)
        {
            (ulong key, long ticks, SentVolume sent) = state.Sent.At(i);
            writer.Long((long)key);
            writer.Long(ticks);
            writer.Long(sent.FirstTicks);
            writer.Double(sent.Bytes);
        }

        writer.Int(state.Floods.Count);
        for (int i = 0; i < state.Floods.Count; i++)
        {
            (ulong key, long ticks, FloodCount flood) = state.Floods.At(i);
            writer.Long((long)key);
            writer.Long(ticks);
            writer.Long(flood.StartTicks);
            writer.Int(flood.Count);
            writer.Int(flood.Failed);
        }

        WriteWindow(state.Attempts, writer);
        WriteWindow(state.Names, writer);
        WriteWindow(state.Spread, writer);
        WriteWindow(state.Told, writer);
        state.Streams.Write(writer);
        state.Alerts.Write(writer);
    }

    public static void Read(AddressState state, int format, ref StateReader reader)
    {
        state.NewestTicks = reader.Long();
        state.FirstTicks = reader.Long();
        state.Events = reader.Long();
        state.Scope = (AddressScope)reader.Int();
        ProfileWindowCodec.Read(state.Profile, ref reader);
        ReadContacts(state.Contacts, ref reader);
        state.Daily.Day = reader.Int();
        state.Daily.ToldTicks = reader.Long();
        for (int i = 0; i < state.Daily.Marks.Length; i++) state.Daily.Marks[i] = (ulong)reader.Long();
        ReadSet(state.Destinations, ref reader);
        ReadSet(state.Ports, ref reader);
        ReadTypical(state.TypicalDestinations, ref reader);
        int beacons = reader.Count(state.Beacons.Capacity);
        for (int i = 0; i < beacons; i++) ReadBeacon(state.Beacons, ref reader);
        int sent = reader.Count(state.Sent.Capacity);
        for (int i = 0; i < sent; i++)
            state.Sent.Put((ulong)reader.Long(), reader.Long(), new SentVolume(reader.Long(), reader.Double()));
        int floods = reader.Count(state.Floods.Capacity);
        for (int i = 0; i < floods; i++)
            state.Floods.Put((ulong)reader.Long(), reader.Long(), new FloodCount(reader.Long(), reader.Int(), reader.Int()));
        ReadWindow(state.Attempts, ref reader);
        ReadWindow(state.Names, ref reader);
        ReadWindow(state.Spread, ref reader);
        ReadWindow(state.Told, ref reader);
        if (format > OldestFormat) state.Streams.Read(ref reader);
        if (format >= FirstWithAlerts) state.Alerts.Read(ref reader, withVictims: format >= FirstWithVictims);
    }

    private static void WriteContacts(ContactWindow window, StateWriter writer)
    {
        writer.Int(window.Count);
        writer.Int(window.Next);
        foreach (ref readonly ContactWindow.Contact contact in window.All)
        {
            writer.Long(contact.Ticks);
            writer.Long((long)contact.Destination);
            writer.Int(contact.Target);
            writer.Int((contact.IsFailed ? 1 : 0) | (contact.IsNew ? 2 : 0));
        }
    }

    private static void ReadContacts(ContactWindow window, ref StateReader reader)
    {
        int count = reader.Count(ContactWindow.Capacity);
        int next = reader.Count(ContactWindow.Capacity);
        for (int i = 0; i < count; i++)
        {
            long ticks = reader.Long();
            ulong destination = (ulong)reader.Long();
            int target = reader.Int();
            int marks = reader.Int();
            window.Add(new ContactWindow.Contact(ticks, destination, target, (marks & 1) != 0, (marks & 2) != 0));
        }

        window.Restore(next);
    }

    private static void WriteBeacon((ulong Key, long Ticks, BeaconTrack Track) entry, StateWriter writer)
    {
        BeaconTrack track = entry.Track;
        writer.Long((long)entry.Key);
        writer.Long(entry.Ticks);
        writer.Long(track.LastTicks);
        writer.Long(track.RegularSince);
        writer.Int(track.Intervals);
        writer.Int(track.Regular);
        writer.Double(track.MeanSeconds);
        writer.Double(track.VarianceSeconds);
        writer.Double(track.MeanBytes);
        writer.Double(track.VarianceBytes);
    }

    private static void ReadBeacon(PairTable<BeaconTrack> beacons, ref StateReader reader)
    {
        ulong key = (ulong)reader.Long();
        long ticks = reader.Long();
        var track = new BeaconTrack
        {
            Key = key,
            LastTicks = reader.Long(),
            RegularSince = reader.Long(),
            Intervals = reader.Int(),
            Regular = reader.Int(),
            MeanSeconds = reader.Double(),
            VarianceSeconds = reader.Double(),
            MeanBytes = reader.Double(),
            VarianceBytes = reader.Double(),
        };
        beacons.Put(key, ticks, in track);
    }

    private static void WriteWindow(KeyedWindow window, StateWriter writer)
    {
        writer.Int(window.Count);
        writer.Int(window.Next);
        foreach (ref readonly KeyedWindow.Entry entry in window.All)
        {
            writer.Long(entry.Ticks);
            writer.Long((long)entry.Key);
            writer.Double(entry.Weight);
        }
    }

    private static void ReadWindow(KeyedWindow window, ref StateReader reader)
    {
        int count = reader.Count(window.Capacity);
        int next = reader.Count(window.Capacity);
        for (int i = 0; i < count; i++) window.Add(reader.Long(), (ulong)reader.Long(), (float)reader.Double());
        window.Restore(next);
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

    private static void WriteTypical(TopCounts counts, StateWriter writer)
    {
        writer.Int(counts.Total);
        writer.Int(counts.Count);
        for (int i = 0; i < counts.Count; i++)
        {
            writer.Text(counts.ValueAt(i));
            writer.Int(counts.CountAt(i));
        }
    }

    private static void ReadTypical(TopCounts counts, ref StateReader reader)
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
