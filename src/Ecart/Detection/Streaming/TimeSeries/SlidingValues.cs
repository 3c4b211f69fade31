using Ecart.Detection.Batch;

namespace Ecart.Detection.Streaming.TimeSeries;

/// <summary>The newest values of a stream, side by side in memory: they move to the front of a buffer of twice their length when its end is reached.</summary>
internal sealed class SlidingValues(int capacity)
{
    private readonly double[] buffer = new double[2 * capacity];
    private int end;

    /// <summary>The values, oldest first.</summary>
    public Span<double> All => buffer.AsSpan(end - Count, Count);

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    public long Bytes => (long)buffer.Length * sizeof(double);

    /// <summary>The values without some of the newest, at most so many.</summary>
    public ReadOnlySpan<double> Before(int newest, int most)
    {
        int length = Math.Clamp(Count - newest, 0, most);
        return length == 0 ? [] : All.Slice(Count - newest - length, length);
    }

    /// <summary>The newest values, at most so many.</summary>
    public ReadOnlySpan<double> Newest(int most) => Before(0, most);

    public void Add(double value)
    {
        if (end == buffer.Length)
        {
            Newest(capacity - 1).CopyTo(buffer);
            end = capacity - 1;
        }

        buffer[end++] = value;
        Count = Math.Min(Count + 1, capacity);
    }

    public void Write(ArtefactWriter writer) => writer.Doubles(All);

    public void Read(ref ArtefactReader reader)
    {
        double[] values = reader.Doubles();
        if (values.Length > capacity) throw new ArtefactException($"The artefact is damaged: {values.Length} values where at most {capacity} are expected. Begin anew.");
        values.CopyTo(buffer, 0);
        Count = end = values.Length;
    }
}
