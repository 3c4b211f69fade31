using System.Numerics.Tensors;

namespace Ecart.Thresholds;

/// <summary>
/// How far out in the population a value lies: P(S ≥ s) over the days before the event's own. Counts by day of event time, so
/// the result does not depend on the order in which events came. Not thread-safe.
/// </summary>
public sealed class TailHistogram
{
    private readonly double[] edges;
    private readonly int keepDays;
    private readonly SortedList<int, int[]> days = [];
    private readonly Stack<int[]> spare = new();
    private readonly int[] total;
    private readonly long[] above;
    private int totalDay = int.MinValue;

    /// <summary>Makes an empty histogram.</summary>
    /// <param name="edges">Ascending lower edges of the bins; values below the first count in the first bin, the last bin is open.</param>
    /// <param name="keepDays">Days before the event's own that count, 1 or more.</param>
    public TailHistogram(double[] edges, int keepDays)
    {
        ArgumentNullException.ThrowIfNull(edges);
        this.edges = edges;
        this.keepDays = keepDays;
        total = new int[edges.Length];
        above = new long[edges.Length + 1];
    }

    internal IReadOnlyDictionary<int, int[]> Days => days;

    /// <summary>What others have counted of the same population, with the same edges: its tail is that of both. Null for nothing.</summary>
    internal TailHistogram? Other
    {
        get;
        set
        {
            field = value;
            totalDay = int.MinValue;
        }
    }

    /// <summary>Edges in equal steps, then growing by a factor.</summary>
    public static double[] StepEdges(double from, double step, double to, double factor, double maximum)
    {
        var result = new List<double>();
        for (int i = 0; from + (i * step) < to; i++) result.Add(from + (i * step));
        for (double edge = to; edge < maximum; edge *= factor) result.Add(edge);
        return [.. result];
    }

    /// <summary>P(S ≥ <paramref name="value"/>) among the days before <paramref name="day"/>, (count above + 1)/(all + 1): in (0, 1].</summary>
    public double UpperTail(int day, double value)
    {
        if (totalDay != day) AddUp(day);
        int bin = BinOf(value);
        double inside = above[bin] - above[bin + 1];
        if (inside > 0 && bin + 1 < edges.Length)
            inside *= 1 - Math.Clamp((value - edges[bin]) / (edges[bin + 1] - edges[bin]), 0, 1);
        return (above[bin + 1] + inside + 1) / (above[0] + 1);
    }

    /// <summary>Takes in a value of a day; a day already forgotten is ignored.</summary>
    public void Add(int day, double value)
    {
        if (!days.TryGetValue(day, out int[]? counts))
        {
            if (days.Count > 0 && day < days.GetKeyAtIndex(days.Count - 1) - keepDays) return;
            counts = Open(day);
        }

        counts[BinOf(value)]++;
        if (day < totalDay) totalDay = int.MinValue;
    }

    /// <summary>Adds the counts of a day, stored or counted elsewhere.</summary>
    internal void Include(int day, ReadOnlySpan<int> counts)
    {
        if (!days.TryGetValue(day, out int[]? known)) known = Open(day);
        TensorPrimitives.Add(known, counts, known);
        totalDay = int.MinValue;
    }

    internal int BinCount => edges.Length;

    private int[] Open(int day)
    {
        int newest = days.Count > 0 ? Math.Max(day, days.GetKeyAtIndex(days.Count - 1)) : day;
        while (days.Count > 0 && days.GetKeyAtIndex(0) < newest - keepDays)
        {
            spare.Push(days.GetValueAtIndex(0));
            days.RemoveAt(0);
            totalDay = int.MinValue;
        }

        if (!spare.TryPop(out int[]? counts)) counts = new int[edges.Length];
        counts.AsSpan().Clear();
        days[day] = counts;
        return counts;
    }

    private void AddUp(int day)
    {
        total.AsSpan().Clear();
        AddUp(days, day);
        if (Other is not null) AddUp(Other.days, day);

        for (int bin = edges.Length - 1; bin >= 0; bin--) above[bin] = above[bin + 1] + total[bin];
        totalDay = day;
    }

    private void AddUp(SortedList<int, int[]> counts, int day)
    {
        for (int i = 0; i < counts.Count; i++)
        {
            int counted = counts.GetKeyAtIndex(i);
            if (counted < day && counted >= day - keepDays) TensorPrimitives.Add(total, counts.GetValueAtIndex(i), total);
        }
    }

    private int BinOf(double value)
    {
        int position = Array.BinarySearch(edges, value);
        return position >= 0 ? position : Math.Max(0, ~position - 1);
    }
}
