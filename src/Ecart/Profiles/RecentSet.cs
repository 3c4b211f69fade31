namespace Ecart.Profiles;

/// <summary>The last distinct hashes seen, first in first out. Bounded; not thread-safe.</summary>
internal sealed class RecentSet(int capacity)
{
    private ulong[] items = new ulong[Math.Min(8, capacity)];

    public int Count { get; private set; }

    public int Next { get; private set; }

    public ReadOnlySpan<ulong> Items => items.AsSpan(0, Count);

    public bool Contains(ulong hash) => Items.Contains(hash);

    public void Add(ulong hash)
    {
        if (Contains(hash)) return;
        if (Count < capacity)
        {
            if (Count == items.Length) Array.Resize(ref items, Math.Min(capacity, items.Length * 2));
            items[Count++] = hash;
            return;
        }

        items[Next] = hash;
        Next = (Next + 1) % capacity;
    }

    public void Restore(ReadOnlySpan<ulong> stored, int next)
    {
        items = new ulong[Math.Max(stored.Length, Math.Min(8, capacity))];
        stored.CopyTo(items);
        Count = stored.Length;
        Next = next;
    }
}
