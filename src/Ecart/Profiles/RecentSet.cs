namespace Ecart.Profiles;

/// <summary>
/// The last distinct hashes seen, first in first out, each with the number of times it was added, so that adding can be taken back. Bounded; not
/// thread-safe.
/// </summary>
internal sealed class RecentSet(int capacity)
{
    private ulong[] items = new ulong[Math.Min(8, capacity)];
    private int[] counts = new int[Math.Min(8, capacity)];

    public int Capacity => capacity;

    public int Count { get; private set; }

    public ulong ItemAt(int position) => items[position];

    public int CountAt(int position) => counts[position];

    public bool Contains(ulong hash) => Find(hash) >= 0;

    public void Add(ulong hash)
    {
        int position = Find(hash);
        if (position >= 0)
        {
            counts[position]++;
            return;
        }

        if (Count == capacity) RemoveAt(0);
        Append(hash, 1);
    }

    /// <summary>Takes back one <see cref="Add"/>; the hash leaves with the last. Nothing when it has left already.</summary>
    public void Remove(ulong hash)
    {
        int position = Find(hash);
        if (position >= 0 && --counts[position] == 0) RemoveAt(position);
    }

    public void Append(ulong hash, int count)
    {
        if (Count == items.Length)
        {
            int length = Math.Min(capacity, Count * 2);
            Array.Resize(ref items, length);
            Array.Resize(ref counts, length);
        }

        items[Count] = hash;
        counts[Count++] = count;
    }

    private int Find(ulong hash) => items.AsSpan(0, Count).IndexOf(hash);

    private void RemoveAt(int position)
    {
        Count--;
        Array.Copy(items, position + 1, items, position, Count - position);
        Array.Copy(counts, position + 1, counts, position, Count - position);
    }
}
