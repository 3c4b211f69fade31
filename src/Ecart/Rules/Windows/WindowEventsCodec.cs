using Ecart.Profiles;

namespace Ecart.Rules.Windows;

/// <summary>
/// Stores the events that windows look at exactly, with the names of their values: rules may have changed before they are read again. A value that was not kept
/// then is null.
/// </summary>
internal static class WindowEventsCodec
{
    private const int MostColumns = 1 << 10;
    private const int MostEvents = 1 << 16;

    public static void Write(WindowEvents events, IReadOnlyList<string> names, StateWriter writer)
    {
        writer.Int(names.Count);
        foreach (string name in names) writer.Text(name);
        writer.Int(events.Count);
        for (int i = 0; i < events.Count; i++)
        {
            writer.Long(events.Ticks[i]);
            foreach (ulong value in events.ValuesOf(i)) writer.Long((long)value);
        }
    }

    public static WindowEvents? Read<TContext>(EntityTypeWindows<TContext>? type, ref StateReader reader)
        where TContext : allows ref struct
    {
        var places = new int[reader.Count(MostColumns)];
        for (int i = 0; i < places.Length; i++) places[i] = type?.Columns.IndexOf(reader.Text() ?? "") ?? Skip(ref reader);
        WindowEvents? events = type?.NewEvents();
        var values = new ulong[type?.Columns.Count ?? 0];
        int count = reader.Count(MostEvents);
        for (int i = 0; i < count; i++)
        {
            long ticks = reader.Long();
            values.AsSpan().Fill(WindowColumns<TContext>.Null);
            foreach (int place in places)
            {
                ulong value = (ulong)reader.Long();
                if (place >= 0) values[place] = value;
            }

            events?.Add(ticks, values, long.MaxValue / 4);
        }

        if (events is not null) events.IsChanged = false;
        return events;
    }

    private static int Skip(ref StateReader reader)
    {
        reader.Text();
        return -1;
    }
}
