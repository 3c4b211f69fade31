using System.Numerics.Tensors;
using Ecart.Detection.Batch;
using Ecart.Numerics;

namespace Ecart.Detection.Streaming;

/// <summary>
/// Which of a stream's points are kept in a fixed number of places: a random sample in which older points are exponentially rarer.
/// </summary>
/// <remarks>
/// Weighted sampling by keys (P. Efraimidis, P. Spirakis, Weighted random sampling with a reservoir, Information Processing Letters 97(5), 2006), with
/// weights that grow with time instead of ones that shrink, and logarithms of the keys, so that nothing ever has to be recomputed or can overflow.
/// </remarks>
/// <param name="capacity">Places.</param>
/// <param name="window">Points after which a point's chance to be kept is 1/e of a new one's, as soon as all places are taken.</param>
internal sealed class DecayedReservoir(int capacity, double window)
{
    private readonly double[] keys = new double[capacity];

    /// <summary>Places that are taken: the first ones.</summary>
    public int Count { get; private set; }

    public int Bytes => sizeof(double) * keys.Length;

    /// <summary>Offers the next point.</summary>
    /// <param name="time">Number of the point, ascending.</param>
    /// <param name="random">Gives the point's luck.</param>
    /// <returns>The place that it takes, which may be another's until now; −1 when it is not kept.</returns>
    public int Offer(long time, SeededRandom random)
    {
        double key = Math.Log(-Math.Log(1 - random.NextDouble())) - (time / window);
        if (Count < keys.Length)
        {
            keys[Count] = key;
            return Count++;
        }

        int place = TensorPrimitives.IndexOfMax<double>(keys);
        if (key >= keys[place]) return -1;
        keys[place] = key;
        return place;
    }

    public void Write(ArtefactWriter writer) => writer.Doubles(keys.AsSpan(0, Count));

    public void Read(ref ArtefactReader reader)
    {
        double[] kept = reader.Doubles();
        if (kept.Length > keys.Length) throw new ArtefactException("The artefact is damaged: it keeps more points than there are places. Restore it from a backup.");
        kept.CopyTo(keys, 0);
        Count = kept.Length;
    }
}
