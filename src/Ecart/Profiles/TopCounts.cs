namespace Ecart.Profiles;

/// <summary>Counts of the most frequent values of a text field, bounded. Not thread-safe.</summary>
/// <remarks>
/// The space-saving algorithm: when full, the least frequent value is replaced and its count inherited, so a frequent value is never
/// missed. A. Metwally, D. Agrawal, A. El Abbadi, Efficient computation of frequent and top-k elements in data streams, ICDT 2005.
/// </remarks>
internal sealed class TopCounts(int capacity)
{
    private const int HalvingTotal = 4096;
    private string[] values = [];
    private int[] counts = [];

    public int Capacity => capacity;

    public int Count { get; private set; }

    public int Total { get; private set; }

    public string ValueAt(int position) => values[position];

    public int CountAt(int position) => counts[position];

    public int CountOf(string value)
    {
        int position = Find(value);
        return position < 0 ? 0 : counts[position];
    }

    public void Add(string value)
    {
        if (Total >= HalvingTotal) Halve();
        Total++;
        int position = Find(value);
        if (position >= 0)
        {
            counts[position]++;
            return;
        }

        if (Count < capacity)
        {
            Append(value, 1);
            return;
        }

        int least = 0;
        for (int i = 1; i < Count; i++)
            if (counts[i] < counts[least]) least = i;
        values[least] = value;
        counts[least]++;
    }

    /// <summary>Takes back one <see cref="Add"/> of a value; nothing when the value was displaced meanwhile.</summary>
    public void Remove(string value)
    {
        int position = Find(value);
        if (position < 0) return;
        Total--;
        if (--counts[position] > 0) return;
        Count--;
        Array.Copy(values, position + 1, values, position, Count - position);
        Array.Copy(counts, position + 1, counts, position, Count - position);
    }

    public void Append(string value, int count)
    {
        if (Count == values.Length)
        {
            int length = Math.Max(4, Math.Min(capacity, Count * 2));
            Array.Resize(ref values, length);
            Array.Resize(ref counts, length);
        }

        values[Count] = value;
        counts[Count++] = count;
    }

    public void RestoreTotal(int total) => Total = total;

    private int Find(string value)
    {
        for (int i = 0; i < Count; i++)
            if (ReferenceEquals(values[i], value) || string.Equals(values[i], value, StringComparison.Ordinal)) return i;
        return -1;
    }

    private void Halve()
    {
        Total = 0;
        for (int i = 0; i < Count; i++)
        {
            counts[i] = Math.Max(1, counts[i] / 2);
            Total += counts[i];
        }
    }
}
