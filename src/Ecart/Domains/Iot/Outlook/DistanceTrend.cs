using Ecart.Profiles;

namespace Ecart.Domains.Iot.Outlook;

/// <summary>
/// The distances of one signal of a device to its normal, as hourly medians, and what they were while it was healthy. A fold: the same distances in the same
/// order give the same state. Bounded: the hours of the window, and the distances of one hour. Not thread-safe.
/// </summary>
public sealed class DistanceTrend
{
    /// <summary>Distances kept of one hour; of an hour with more, every second, every fourth and so on counts.</summary>
    public const int SamplesOfHour = 256;

    private const int FirstCapacity = 32;
    private const int FirstSamples = 16;
    private const int MostHours = 1 << 14;

    private int[] hours = [];
    private float[] medians = [];
    private int count;
    private float[] samples = [];
    private int sampleCount;
    private int stride = 1;
    private int seen;
    private int hour = -1;

    /// <summary>What is usual; null while it is being learned.</summary>
    public TrendBaseline? Baseline { get; private set; }

    /// <summary>Hours that are closed, oldest first, since 1970-01-01.</summary>
    internal ReadOnlySpan<int> Hours => hours.AsSpan(0, count);

    /// <summary>Their median distances.</summary>
    internal ReadOnlySpan<float> Medians => medians.AsSpan(0, count);

    /// <summary>Bytes held.</summary>
    public long Bytes => ((sizeof(int) + sizeof(float)) * (long)hours.Length) + (sizeof(float) * (long)samples.Length) + 200;

    /// <summary>Takes a distance. One of an hour that is closed already changes nothing.</summary>
    /// <param name="occurredAt">When it was measured, UTC.</param>
    /// <param name="distance">0 or more, finite.</param>
    /// <param name="options">What is kept.</param>
    /// <returns>Whether an hour was closed, so that the outlook may have changed.</returns>
    public bool Add(DateTime occurredAt, double distance, OutlookOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        int of = (int)((occurredAt.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerHour);
        if (of < hour) return false;
        bool isClosing = of > hour && sampleCount > 0;
        if (isClosing) Close(options);
        hour = of;
        Keep((float)distance);
        return isClosing;
    }

    /// <summary>Forgets what was usual and every distance, as after a calibration: distances to another normal are not comparable.</summary>
    public void Clear()
    {
        (count, sampleCount, seen, stride, hour) = (0, 0, 0, 1, -1);
        Baseline = null;
    }

    /// <summary>Writes it exactly.</summary>
    internal void Write(StateWriter writer)
    {
        writer.Int(hour);
        writer.Int(stride);
        writer.Int(seen);
        writer.Int(sampleCount);
        writer.Floats(samples.AsSpan(0, sampleCount));
        writer.Int(count);
        for (int i = 0; i < count; i++) writer.Int(hours[i]);
        writer.Floats(Medians);
        writer.Int(Baseline is null ? 0 : 1);
        if (Baseline is null) return;
        writer.Double(Baseline.Level);
        writer.Double(Baseline.Autocorrelation);
        foreach (double effect in Baseline.Effects) writer.Double(effect);
    }

    /// <summary>Reads what <see cref="Write"/> wrote, in place of what it holds.</summary>
    internal void Read(ref StateReader reader)
    {
        hour = reader.Int();
        stride = reader.Int();
        seen = reader.Int();
        sampleCount = reader.Count(SamplesOfHour);
        samples = new float[Capacity(sampleCount, FirstSamples)];
        reader.Floats(samples.AsSpan(0, sampleCount));
        count = reader.Count(MostHours);
        hours = new int[Capacity(count, FirstCapacity)];
        medians = new float[hours.Length];
        for (int i = 0; i < count; i++) hours[i] = reader.Int();
        reader.Floats(medians.AsSpan(0, count));
        Baseline = null;
        if (reader.Int() == 0) return;
        double level = reader.Double();
        double autocorrelation = reader.Double();
        var effects = new double[TrendBaseline.HoursOfDay];
        for (int i = 0; i < effects.Length; i++) effects[i] = reader.Double();
        Baseline = new TrendBaseline(level, autocorrelation, effects);
    }

    private static int Capacity(int needed, int first)
    {
        int capacity = first;
        while (capacity < needed) capacity *= 2;
        return needed == 0 ? 0 : capacity;
    }

    private void Keep(float distance)
    {
        if (seen++ % stride != 0) return;
        if (sampleCount == SamplesOfHour)
        {
            for (int i = 0; i < SamplesOfHour / 2; i++) samples[i] = samples[2 * i];
            sampleCount = SamplesOfHour / 2;
            stride *= 2;
        }

        if (sampleCount == samples.Length) Array.Resize(ref samples, Math.Max(FirstSamples, 2 * samples.Length));
        samples[sampleCount++] = distance;
    }

    private void Close(OutlookOptions options)
    {
        Span<float> sorted = samples.AsSpan(0, sampleCount);
        sorted.Sort();
        int middle = sampleCount / 2;
        float median = sampleCount % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        (sampleCount, seen, stride) = (0, 0, 1);
        DropBefore(hour - options.WindowHours - options.ConfirmHours + 1);
        if (count == hours.Length)
        {
            int capacity = Math.Max(FirstCapacity, 2 * hours.Length);
            Array.Resize(ref hours, capacity);
            Array.Resize(ref medians, capacity);
        }

        hours[count] = hour;
        medians[count] = median;
        count++;
        // A record with gaps must hold at least every second hour, or hours of the day would stay unknown.
        if (Baseline is null && hour - hours[0] >= options.BaselineHours - 1 && count >= options.BaselineHours / 2)
            Baseline = TrendBaseline.Learn(Hours, Medians);
    }

    private void DropBefore(int first)
    {
        int dropped = 0;
        while (dropped < count && hours[dropped] < first) dropped++;
        if (dropped == 0) return;
        count -= dropped;
        Array.Copy(hours, dropped, hours, 0, count);
        Array.Copy(medians, dropped, medians, 0, count);
    }
}
