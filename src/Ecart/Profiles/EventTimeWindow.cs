namespace Ecart.Profiles;

/// <summary>
/// The events of one entity in the last hours of event time, with an amount each. Late events find their place; bounded in span and
/// number. Not thread-safe.
/// </summary>
internal sealed class EventTimeWindow(TimeSpan span, int capacity)
{
    private Entry[] entries = new Entry[Math.Min(8, capacity)];
    private int count;

    public ReadOnlySpan<Entry> Entries => entries.AsSpan(0, count);

    /// <summary>Number and sum of amounts of the events in (from, to].</summary>
    public (int Count, double Amount) Sum(long fromTicks, long toTicks)
    {
        int number = 0;
        double amount = 0;
        for (int i = count - 1; i >= 0 && entries[i].Ticks > fromTicks; i--)
        {
            if (entries[i].Ticks > toTicks) continue;
            number++;
            amount += entries[i].Amount;
        }

        return (number, amount);
    }

    /// <summary>Puts an event in its place in time and forgets what has left the span.</summary>
    public void Add(long ticks, double amount)
    {
        long newest = count > 0 ? Math.Max(ticks, entries[count - 1].Ticks) : ticks;
        if (ticks <= newest - span.Ticks || (count == capacity && ticks < entries[0].Ticks)) return;
        int expired = 0;
        while (expired < count && entries[expired].Ticks <= newest - span.Ticks) expired++;
        if (expired == 0 && count == capacity) expired = 1;
        if (expired > 0)
        {
            Array.Copy(entries, expired, entries, 0, count - expired);
            count -= expired;
        }

        if (count == entries.Length) Array.Resize(ref entries, Math.Min(capacity, count * 2));
        int position = count;
        while (position > 0 && entries[position - 1].Ticks > ticks) position--;
        Array.Copy(entries, position, entries, position + 1, count - position);
        entries[position] = new Entry(ticks, amount);
        count++;
    }

    /// <summary>Finds the newest event at or before a time.</summary>
    public bool TryFindNewest(long toTicks, out long ticks)
    {
        int position = count - 1;
        while (position >= 0 && entries[position].Ticks > toTicks) position--;
        ticks = position >= 0 ? entries[position].Ticks : 0;
        return position >= 0;
    }

    public readonly record struct Entry(long Ticks, double Amount);
}
