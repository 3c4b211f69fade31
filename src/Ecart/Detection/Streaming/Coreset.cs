using System.Numerics.Tensors;
using Ecart.Detection.Batch;
using Ecart.Numerics;

namespace Ecart.Detection.Streaming;

/// <summary>
/// A bounded sample of a stream in which older points are rarer, and for each point of it its nearest neighbours among the others, kept up
/// to date as points come and go. Not thread-safe.
/// </summary>
/// <param name="dimension">Length of a point.</param>
/// <param name="capacity">Points that are kept.</param>
/// <param name="neighbours">Neighbours of a point.</param>
/// <param name="window">Points after which a point's chance to be kept is 1/e of a new one's.</param>
/// <param name="seed">Of the sample.</param>
internal sealed class Coreset(int dimension, int capacity, int neighbours, int window, ulong seed)
{
    private readonly DecayedReservoir reservoir = new(capacity, window);
    private readonly float[] points = new float[capacity * dimension];
    private readonly int[] neighbourIds = new int[capacity * neighbours];
    private readonly double[] neighbourDistances = new double[capacity * neighbours];
    private readonly double[] distances = new double[capacity];
    private SeededRandom random = new(seed);

    public int Count => reservoir.Count;

    public int Neighbours => neighbours;

    public long Bytes => reservoir.Bytes + (sizeof(float) * (long)points.Length)
        + ((sizeof(int) + sizeof(double)) * (long)neighbourIds.Length) + (sizeof(double) * distances.Length);

    public ReadOnlySpan<float> Point(int place) => points.AsSpan(place * dimension, dimension);

    /// <summary>Places of a kept point's nearest neighbours, nearest first.</summary>
    public ReadOnlySpan<int> NeighboursOf(int place) => neighbourIds.AsSpan(place * neighbours, neighbours);

    /// <summary>Their distances; infinity where fewer points are kept.</summary>
    public ReadOnlySpan<double> DistancesOf(int place) => neighbourDistances.AsSpan(place * neighbours, neighbours);

    /// <summary>Finds the kept points nearest to a vector.</summary>
    /// <param name="vector">Any vector.</param>
    /// <param name="places">Receives their places, nearest first.</param>
    /// <param name="nearest">Receives their distances; infinity where fewer points are kept.</param>
    public void FindNearest(ReadOnlySpan<float> vector, Span<int> places, Span<double> nearest)
    {
        nearest.Fill(double.PositiveInfinity);
        for (int i = 0; i < Count; i++) Insert(i, TensorPrimitives.Distance(vector, Point(i)), places, nearest);
    }

    /// <summary>Offers the next point of the stream.</summary>
    /// <param name="vector">The point.</param>
    /// <param name="time">Its number, ascending.</param>
    /// <returns>True when it is kept, so that neighbours may have changed.</returns>
    public bool Offer(ReadOnlySpan<float> vector, long time)
    {
        int before = Count;
        int place = reservoir.Offer(time, random);
        if (place < 0) return false;
        vector.CopyTo(points.AsSpan(place * dimension, dimension));
        for (int i = 0; i < Count; i++) distances[i] = TensorPrimitives.Distance(vector, Point(i));
        Renew(place, distances);
        for (int i = 0; i < Count; i++)
        {
            if (i == place) continue;
            // Who was a neighbour of the point that left has lost one.
            if (place < before && NeighboursOf(i).Contains(place)) Renew(i);
            else Insert(place, distances[i], IdsAt(i), DistancesAt(i));
        }

        return true;
    }

    public void Write(ArtefactWriter writer)
    {
        reservoir.Write(writer);
        writer.Floats(points.AsSpan(0, Count * dimension));
        writer.Ints(neighbourIds.AsSpan(0, Count * neighbours));
        writer.Doubles(neighbourDistances.AsSpan(0, Count * neighbours));
        writer.Position(random);
    }

    public void Read(ref ArtefactReader reader)
    {
        reservoir.Read(ref reader);
        reader.Floats(Count * dimension).CopyTo(points, 0);
        reader.Ints(Count * neighbours).CopyTo(neighbourIds, 0);
        reader.Doubles(Count * neighbours).CopyTo(neighbourDistances, 0);
        random = reader.Random();
    }

    private static void Insert(int place, double distance, Span<int> places, Span<double> nearest)
    {
        int position = nearest.Length - 1;
        if (distance >= nearest[position]) return;
        for (; position > 0 && nearest[position - 1] > distance; position--)
        {
            nearest[position] = nearest[position - 1];
            places[position] = places[position - 1];
        }

        nearest[position] = distance;
        places[position] = place;
    }

    private void Renew(int place)
    {
        Span<int> ids = IdsAt(place);
        Span<double> nearest = DistancesAt(place);
        ids.Fill(-1);
        nearest.Fill(double.PositiveInfinity);
        for (int i = 0; i < Count; i++)
            if (i != place) Insert(i, TensorPrimitives.Distance(Point(place), Point(i)), ids, nearest);
    }

    private void Renew(int place, ReadOnlySpan<double> known)
    {
        Span<int> ids = IdsAt(place);
        Span<double> nearest = DistancesAt(place);
        ids.Fill(-1);
        nearest.Fill(double.PositiveInfinity);
        for (int i = 0; i < Count; i++)
            if (i != place) Insert(i, known[i], ids, nearest);
    }

    private Span<int> IdsAt(int place) => neighbourIds.AsSpan(place * neighbours, neighbours);

    private Span<double> DistancesAt(int place) => neighbourDistances.AsSpan(place * neighbours, neighbours);
}
