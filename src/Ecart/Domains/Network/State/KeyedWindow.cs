namespace Ecart.Domains.Network;

/// <summary>The newest things that one source did, each with a key and a weight. Bounded in number. Not thread-safe.</summary>
internal sealed class KeyedWindow(int capacity)
{
    private const int LeastLength = 8;
    private Entry[] entries = [];
    private int next;

    public int Capacity => capacity;

    public int Count { get; private set; }

    public int Next => next;

    public ReadOnlySpan<Entry> All => entries.AsSpan(0, Count);

    /// <summary>Takes in one more.</summary>
    public void Add(long ticks, ulong key, float weight)
    {
        int place = Place();
        entries[place] = new Entry(ticks, key, weight);
    }

    /// <summary>Takes in a key unless it is there already; then it is renewed.</summary>
    public void Put(long ticks, ulong key, float weight)
    {
        for (int i = 0; i < Count; i++)
        {
            if (entries[i].Key != key) continue;
            entries[i] = new Entry(Math.Max(ticks, entries[i].Ticks), key, weight);
            return;
        }

        Add(ticks, key, weight);
    }

    /// <summary>Number and weight of those after a time, of one key or of all but one.</summary>
    /// <param name="fromTicks">Those at or before this time do not count.</param>
    /// <param name="key">The key.</param>
    /// <param name="isOwn">Whether the key's own are asked for, or all others.</param>
    public (int Count, double Weight) Sum(long fromTicks, ulong key, bool isOwn)
    {
        int count = 0;
        double weight = 0;
        foreach (ref readonly Entry entry in All)
        {
            if (entry.Ticks <= fromTicks || (entry.Key == key) != isOwn) continue;
            count++;
            weight += entry.Weight;
        }

        return (count, weight);
    }

    internal void Restore(int nextPosition) => next = nextPosition;

    private int Place()
    {
        if (Count == capacity)
        {
            int oldest = next;
            next = (next + 1) % capacity;
            return oldest;
        }

        if (Count == entries.Length) Array.Resize(ref entries, Math.Clamp(2 * Count, Math.Min(LeastLength, capacity), capacity));
        return Count++;
    }

    public readonly record struct Entry(long Ticks, ulong Key, float Weight);
}
