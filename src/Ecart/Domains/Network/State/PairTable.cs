namespace Ecart.Domains.Network;

/// <summary>A few values by key, that of which the newest time is longest ago making room for the next. Not thread-safe.</summary>
/// <typeparam name="TValue">What is kept of a key.</typeparam>
internal sealed class PairTable<TValue>(int capacity)
    where TValue : struct
{
    private const int LeastLength = 4;
    private ulong[] keys = [];
    private long[] ticks = [];
    private TValue[] values = [];

    public int Capacity => capacity;

    public int Count { get; private set; }

    public bool TryGet(ulong key, out TValue value)
    {
        int position = keys.AsSpan(0, Count).IndexOf(key);
        value = position < 0 ? default : values[position];
        return position >= 0;
    }

    public (ulong Key, long Ticks, TValue Value) At(int position) => (keys[position], ticks[position], values[position]);

    public void Put(ulong key, long newestTicks, in TValue value)
    {
        int position = keys.AsSpan(0, Count).IndexOf(key);
        if (position < 0) position = Place();
        keys[position] = key;
        ticks[position] = newestTicks;
        values[position] = value;
    }

    private int Place()
    {
        if (Count < capacity)
        {
            if (Count == keys.Length)
            {
                int length = Math.Clamp(2 * Count, LeastLength, capacity);
                Array.Resize(ref keys, length);
                Array.Resize(ref ticks, length);
                Array.Resize(ref values, length);
            }

            return Count++;
        }

        int oldest = 0;
        for (int i = 1; i < Count; i++)
            if (ticks[i] < ticks[oldest]) oldest = i;
        return oldest;
    }
}
