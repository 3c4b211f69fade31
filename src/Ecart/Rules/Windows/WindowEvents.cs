namespace Ecart.Rules.Windows;

/// <summary>
/// The newest events of one entity in order of event time, each with the values that windows look at. Bounded in number and span; late events find their place. A
/// fold over the events; not thread-safe.
/// </summary>
/// <param name="columns">Values of an event.</param>
/// <param name="capacity">Most events.</param>
internal sealed class WindowEvents(int columns, int capacity)
{
    private const int FirstCapacity = 4;
    private long[] ticks = [];
    private ulong[] cells = [];

    public int Count { get; private set; }

    public ReadOnlySpan<long> Ticks => ticks.AsSpan(0, Count);

    /// <summary>Newest event time; 0 for none.</summary>
    public long NewestTicks => Count > 0 ? ticks[Count - 1] : 0;

    /// <summary>Whether it changed since it was last stored.</summary>
    public bool IsChanged { get; set; }

    public ReadOnlySpan<ulong> ValuesOf(int position) => cells.AsSpan(position * columns, columns);

    /// <summary>Puts an event in its place in time and forgets what is older than the newest by more than a span.</summary>
    public void Add(long time, ReadOnlySpan<ulong> values, long span)
    {
        long oldest = Math.Max(time, NewestTicks) - span;
        if (time <= oldest || (Count == capacity && time < ticks[0])) return;
        int expired = 0;
        while (expired < Count && ticks[expired] <= oldest) expired++;
        if (expired == 0 && Count == capacity) expired = 1;
        Drop(expired);
        if (Count == ticks.Length) Grow();
        int position = Count;
        while (position > 0 && ticks[position - 1] > time) position--;
        Array.Copy(ticks, position, ticks, position + 1, Count - position);
        Array.Copy(cells, position * columns, cells, (position + 1) * columns, (Count - position) * columns);
        ticks[position] = time;
        values.CopyTo(cells.AsSpan(position * columns, columns));
        Count++;
        IsChanged = true;
    }

    private void Drop(int number)
    {
        if (number == 0) return;
        Count -= number;
        Array.Copy(ticks, number, ticks, 0, Count);
        Array.Copy(cells, number * columns, cells, 0, Count * columns);
    }

    private void Grow()
    {
        int length = Math.Clamp(2 * Count, FirstCapacity, capacity);
        Array.Resize(ref ticks, length);
        Array.Resize(ref cells, length * columns);
    }
}
