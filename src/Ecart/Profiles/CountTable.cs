using System.Numerics;

namespace Ecart.Profiles;

/// <summary>
/// Whole-number weights of hashes, bounded: when a new hash finds no room, the quarter with the least weight leaves. Sums of whole numbers come out the same
/// in any order, so that the table is a fold over what was added, whatever else happened between. Not thread-safe.
/// </summary>
internal sealed class CountTable
{
    private const int FirstSlots = 16;
    private const ulong Spread = 0x9E3779B97F4A7C15;
    private readonly int capacity;
    private ulong[] keys = [];
    private int[] weights = [];
    private bool[] isUsed = [];
    private int shift;

    /// <param name="capacity">Most hashes, 4 or more.</param>
    public CountTable(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 4);
        this.capacity = capacity;
    }

    public int Capacity => capacity;

    /// <summary>Hashes with a place, those whose weight was taken back to 0 among them.</summary>
    public int Count { get; private set; }

    /// <summary>Sum of all weights ever added, less those taken back or fallen out.</summary>
    public long Total { get; private set; }

    public int this[ulong key] => Count > 0 && Slot(key) is var slot && isUsed[slot] ? weights[slot] : 0;

    /// <summary>Adds to the weight of a hash.</summary>
    public void Add(ulong key, int weight)
    {
        int slot = Count > 0 ? Slot(key) : -1;
        if (slot < 0 || !isUsed[slot])
        {
            if (Count == capacity) DropLightest();
            slot = Place(key);
        }

        weights[slot] += weight;
        Total += weight;
    }

    /// <summary>Takes from the weight of a hash as much as it has, at most <paramref name="weight"/>.</summary>
    public void Subtract(ulong key, int weight)
    {
        if (Count == 0 || Slot(key) is var slot && !isUsed[slot]) return;
        int taken = Math.Min(weight, weights[slot]);
        weights[slot] -= taken;
        Total -= taken;
    }

    /// <summary>Halves every weight, so that the newer ones count more.</summary>
    public void Halve()
    {
        Total = 0;
        for (int slot = 0; slot < keys.Length; slot++)
        {
            weights[slot] /= 2;
            Total += weights[slot];
        }
    }

    /// <summary>Adds all of another table.</summary>
    public void Add(CountTable other)
    {
        for (int slot = 0; slot < other.keys.Length; slot++)
            if (other.isUsed[slot]) Add(other.keys[slot], other.weights[slot]);
    }

    /// <summary>Every hash with its weight, in ascending order of the hashes.</summary>
    public (ulong Key, int Weight)[] ToArray()
    {
        var entries = new List<(ulong, int)>(Count);
        for (int slot = 0; slot < keys.Length; slot++)
            if (isUsed[slot]) entries.Add((keys[slot], weights[slot]));
        entries.Sort();
        return [.. entries];
    }

    public void Clear()
    {
        isUsed.AsSpan().Clear();
        weights.AsSpan().Clear();
        Count = 0;
        Total = 0;
    }

    private int Slot(ulong key)
    {
        int slot = (int)((key * Spread) >> shift);
        while (isUsed[slot] && keys[slot] != key) slot = (slot + 1) & (keys.Length - 1);
        return slot;
    }

    private int Place(ulong key)
    {
        if (2 * (Count + 1) > keys.Length) Resize();
        int slot = Slot(key);
        isUsed[slot] = true;
        keys[slot] = key;
        weights[slot] = 0;
        Count++;
        return slot;
    }

    private void Resize()
    {
        (ulong[] oldKeys, int[] oldWeights, bool[] wasUsed) = (keys, weights, isUsed);
        int slots = Math.Max(FirstSlots, keys.Length * 2);
        keys = new ulong[slots];
        weights = new int[slots];
        isUsed = new bool[slots];
        shift = 64 - BitOperations.Log2((uint)slots);
        Count = 0;
        for (int slot = 0; slot < oldKeys.Length; slot++)
            if (wasUsed[slot]) weights[Place(oldKeys[slot])] = oldWeights[slot];
    }

    private void DropLightest()
    {
        (ulong Key, int Weight)[] kept = [.. ToArray().OrderByDescending(entry => entry.Weight).ThenBy(entry => entry.Key).Take(capacity - (capacity / 4))];
        Clear();
        foreach ((ulong key, int weight) in kept)
        {
            weights[Place(key)] = weight;
            Total += weight;
        }
    }
}
