using System.Numerics.Tensors;

namespace Ecart.Profiles;

/// <summary>What an entity did in one part of its profile's window: sums that can be added up and taken away.</summary>
internal sealed class ProfileBlock(int dimension, int measures)
{
    /// <summary>Number of the part: day number / days of a part.</summary>
    public int Index;

    /// <summary>Event time from which on events belong here, until the next block begins; UTC ticks.</summary>
    public long FirstTicks;

    /// <summary>Newest event time that was added, also when it was taken out again.</summary>
    public long LastTicks;

    /// <summary>Events.</summary>
    public int Count;

    /// <summary>Sum of the vectors, not normalised.</summary>
    public readonly float[] VectorSum = new float[dimension];

    /// <summary>Moments of each measure.</summary>
    public readonly Moments[] Measures = new Moments[measures];

    /// <summary>Moments of the distances, each as if the centroid had been known exactly.</summary>
    public Moments Distance;

    /// <summary>Events by local hour.</summary>
    public HourCounts Hours;

    /// <summary>Day number of the first event.</summary>
    public int FirstDay => (int)(FirstTicks / TimeSpan.TicksPerDay);

    public void Reset(int index, long firstTicks)
    {
        Index = index;
        FirstTicks = firstTicks;
        LastTicks = firstTicks;
        Clear();
    }

    private void Clear()
    {
        Count = 0;
        VectorSum.AsSpan().Clear();
        Measures.AsSpan().Fill(Moments.Empty);
        Distance = Moments.Empty;
        Hours = default;
    }

    public void Add(in ProfileObservation observation)
    {
        Count++;
        FirstTicks = Math.Min(FirstTicks, observation.Ticks);
        LastTicks = Math.Max(LastTicks, observation.Ticks);
        TensorPrimitives.Add(VectorSum, observation.Vector, VectorSum);
        for (int i = 0; i < Measures.Length; i++)
            if (!double.IsNaN(observation.Measures[i])) Measures[i].Add(observation.Measures[i]);
        if (!double.IsNaN(observation.Distance)) Distance.Add(observation.Distance);
        Hours[observation.LocalHour]++;
    }

    public void Remove(in ProfileObservation observation)
    {
        if (Count <= 1)
        {
            // What rounding leaves behind is not a direction.
            Clear();
            return;
        }

        Count--;
        TensorPrimitives.Subtract(VectorSum, observation.Vector, VectorSum);
        for (int i = 0; i < Measures.Length; i++)
            if (!double.IsNaN(observation.Measures[i])) Measures[i].Remove(observation.Measures[i]);
        if (!double.IsNaN(observation.Distance)) Distance.Remove(observation.Distance);
        Hours[observation.LocalHour] = Math.Max(0, Hours[observation.LocalHour] - 1);
    }
}
