using Ecart.Profiles;

namespace Ecart.Domains.Iot.Signals;

/// <summary>
/// The values of a period in bounded memory: evenly thinned, so that however many there are, the whole period is covered; moments are of all. The same values
/// always leave the same sample. Not thread-safe: its owner's.
/// </summary>
/// <param name="capacity">Values kept at most, 2 or more.</param>
internal sealed class ValueSample(int capacity)
{
    private long[] times = [];
    private double[] values = [];
    private long stride = 1;
    private long offered;
    private double last;
    private double sum;
    private double sumOfSquares;
    private double changes;

    /// <summary>Values taken in.</summary>
    public long Count { get; private set; }

    /// <summary>Values kept.</summary>
    public int Kept { get; private set; }

    /// <summary>Event time of the first value, ticks.</summary>
    public long FirstTicks { get; private set; }

    /// <summary>Newest event time, ticks.</summary>
    public long LastTicks { get; private set; }

    public double Minimum { get; private set; } = double.PositiveInfinity;

    public double Maximum { get; private set; } = double.NegativeInfinity;

    public double Mean => Count == 0 ? 0 : first + (sum / Count);

    /// <summary>Sample standard deviation.</summary>
    public double Deviation => Count < 2 ? 0 : Math.Sqrt(Math.Max(0, sumOfSquares - (sum * sum / Count)) / (Count - 1));

    /// <summary>Mean size of the change from one value to the next.</summary>
    public double Change => offered < 2 ? 0 : changes / (offered - 1);

    public ReadOnlySpan<long> Times => times.AsSpan(0, Kept);

    public ReadOnlySpan<double> Values => values.AsSpan(0, Kept);

    /// <summary>Moments are of what lies above the first value, so that a small spread about a large one is not lost.</summary>
    private double first;

    /// <summary>Takes a value in.</summary>
    public void Add(long ticks, double value)
    {
        if (offered == 0)
        {
            first = value;
            FirstTicks = ticks;
        }
        else
        {
            changes += Math.Abs(value - last);
        }

        last = value;
        LastTicks = Math.Max(LastTicks, ticks);
        Count++;
        double above = value - first;
        sum += above;
        sumOfSquares += above * above;
        Minimum = Math.Min(Minimum, value);
        Maximum = Math.Max(Maximum, value);
        if (offered++ % stride != 0) return;
        if (Kept == capacity) Thin();
        if (Kept == values.Length) Grow();
        times[Kept] = ticks;
        values[Kept++] = value;
    }

    /// <summary>Takes a value out again, as far as that can be done.</summary>
    public void Remove(long ticks, double value)
    {
        if (Count == 0) return;
        Count--;
        double above = value - first;
        sum -= above;
        sumOfSquares -= above * above;
        for (int i = Kept - 1; i >= 0; i--)
        {
            if (times[i] != ticks || values[i] != value) continue;
            times.AsSpan(i + 1, Kept - i - 1).CopyTo(times.AsSpan(i));
            values.AsSpan(i + 1, Kept - i - 1).CopyTo(values.AsSpan(i));
            Kept--;
            return;
        }
    }

    public void Write(StateWriter writer)
    {
        writer.Long(stride);
        writer.Long(offered);
        writer.Double(first);
        writer.Double(last);
        writer.Double(sum);
        writer.Double(sumOfSquares);
        writer.Double(changes);
        writer.Long(Count);
        writer.Long(FirstTicks);
        writer.Long(LastTicks);
        writer.Double(Minimum);
        writer.Double(Maximum);
        writer.Int(Kept);
        foreach (long time in Times) writer.Long(time);
        foreach (double value in Values) writer.Double(value);
    }

    public void Read(ref StateReader reader)
    {
        stride = Math.Max(1, reader.Long());
        offered = reader.Long();
        first = reader.Double();
        last = reader.Double();
        sum = reader.Double();
        sumOfSquares = reader.Double();
        changes = reader.Double();
        Count = reader.Long();
        FirstTicks = reader.Long();
        LastTicks = reader.Long();
        Minimum = reader.Double();
        Maximum = reader.Double();
        Kept = reader.Count(1 << 20);
        times = new long[Math.Max(Kept, 1)];
        values = new double[Math.Max(Kept, 1)];
        for (int i = 0; i < Kept; i++) times[i] = reader.Long();
        for (int i = 0; i < Kept; i++) values[i] = reader.Double();
        while (Kept > capacity) Thin();
    }

    private void Grow()
    {
        int length = Math.Clamp(2 * Kept, 16, capacity);
        Array.Resize(ref times, length);
        Array.Resize(ref values, length);
    }

    private void Thin()
    {
        int kept = 0;
        for (int i = 0; i < Kept; i += 2, kept++) (times[kept], values[kept]) = (times[i], values[i]);
        Kept = kept;
        stride *= 2;
    }
}
