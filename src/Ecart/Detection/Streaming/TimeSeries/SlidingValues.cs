using Ecart.Detection.Batch;

namespace Ecart.Detection.Streaming.TimeSeries;

/// <summary>
/// The newest values of a stream, side by side in memory: they move to the front of a buffer a quarter longer when its end is reached. It grows with what is in it.
/// </summary>
internal sealed class SlidingValues(int capacity)
{
    private const int FirstLength = 64;
    private readonly int most = capacity + (capacity / 4) + 1;
    private double[] buffer = new double[Math.Min(FirstLength, capacity + (capacity / 4) + 1)];
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
        if (end == buffer.Length) MakeRoom();

        buffer[end++] = value;
        Count = Math.Min(Count + 1, capacity);
    }

    public void Write(ArtefactWriter writer) => writer.Doubles(All);

    public void Read(ref ArtefactReader reader)
    {
        double[] values = reader.Doubles();
        if (values.Length > capacity) throw new ArtefactException($"The artefact is damaged: {values.Length} values where at most {capacity} are expected. Begin anew.");
        if (values.Length > buffer.Length) buffer = new double[Math.Min(most, Math.Max(values.Length + 1, 2 * values.Length))];
        values.CopyTo(buffer, 0);
        Count = end = values.Length;
    }

    private void MakeRoom()
    {
        if (buffer.Length < most)
        {
            Array.Resize(ref buffer, Math.Min(most, 2 * buffer.Length));
            return;
        }

        int kept = Math.Min(Count, capacity - 1);
        Newest(kept).CopyTo(buffer);
        end = kept;
    }
}
