using System.Numerics.Tensors;
using Ecart.Profiles;

namespace Ecart.Domains.Iot.Signals;

/// <summary>Sums of normal embeddings and of their distances, of which a <see cref="DistanceProfile"/> is made. Not thread-safe: its owner's.</summary>
internal sealed class DistanceSample
{
    /// <summary>Embeddings before whose centroid no distance counts.</summary>
    private const int LeastCentroid = 10;
    private readonly double[] sums = new double[IotLayout.Dimension];
    private Moments distances = Moments.Empty;

    /// <summary>Embeddings taken in.</summary>
    public long Count { get; private set; }

    /// <summary>Event time of the first, ticks.</summary>
    public long FirstTicks { get; private set; }

    /// <summary>Distance to the mean of those taken in so far, as if that were known exactly; NaN while there are too few.</summary>
    public double DistanceOf(ReadOnlySpan<float> embedding)
    {
        if (Count < LeastCentroid) return double.NaN;
        double sum = 0;
        for (int i = 0; i < sums.Length; i++)
        {
            double difference = embedding[i] - (sums[i] / Count);
            sum += difference * difference;
        }

        return Math.Sqrt(sum * Count / (Count + 1));
    }

    /// <param name="ticks">Event time.</param>
    /// <param name="embedding">A normal embedding.</param>
    /// <param name="distance">What <see cref="DistanceOf"/> said of it.</param>
    public void Add(long ticks, ReadOnlySpan<float> embedding, double distance)
    {
        if (Count++ == 0) FirstTicks = ticks;
        for (int i = 0; i < sums.Length; i++) sums[i] += embedding[i];
        if (!double.IsNaN(distance)) distances.Add(distance);
    }

    /// <summary>Takes out what went in.</summary>
    public void Remove(ReadOnlySpan<float> embedding, double distance)
    {
        if (Count == 0) return;
        Count--;
        for (int i = 0; i < sums.Length; i++) sums[i] -= embedding[i];
        if (!double.IsNaN(distance)) distances.Remove(distance);
    }

    /// <summary>The profile of what was taken in, at least one embedding.</summary>
    public DistanceProfile MakeProfile(BaselineOptions options)
    {
        var centroid = new float[sums.Length];
        for (int i = 0; i < centroid.Length; i++) centroid[i] = (float)(sums[i] / Count);
        double mean = distances.Mean;
        double deviation = options.FloorDeviation(distances.SampleDeviation, mean);
        return new DistanceProfile
        {
            Centroid = centroid,
            Count = Count,
            Mean = mean,
            Deviation = deviation,
            Warning = mean + (options.WarningSigmas * deviation),
            Critical = mean + (options.CriticalSigmas * deviation),
            Largest = distances.Maximum,
        };
    }

    public void Write(StateWriter writer)
    {
        writer.Long(Count);
        writer.Long(FirstTicks);
        foreach (double sum in sums) writer.Double(sum);
        writer.Moments(distances);
    }

    public void Read(ref StateReader reader)
    {
        Count = reader.Long();
        FirstTicks = reader.Long();
        for (int i = 0; i < sums.Length; i++) sums[i] = reader.Double();
        distances = reader.Moments();
    }
}
