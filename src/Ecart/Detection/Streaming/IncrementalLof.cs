using System.Numerics.Tensors;
using Ecart.Detection.Batch;

namespace Ecart.Detection.Streaming;

/// <summary>
/// Local outlier factor on a bounded, slowly forgetting sample of the stream: how much thinner it is around a vector than around its neighbours. About 1
/// for a typical vector in dense and in thin regions alike. Dimensions should be of comparable scale. Not thread-safe: one owner a stream.
/// </summary>
/// <remarks>
/// M. Breunig, H.-P. Kriegel, R. Ng, J. Sander, LOF: Identifying density-based local outliers, SIGMOD 2000; D. Pokrajac, A. Lazarevic, L. Latecki,
/// Incremental local outlier detection for data streams, CIDM 2007, on a decayed reservoir. Mean reachabilities are floored at a small share of the typical.
/// </remarks>
public sealed class IncrementalLof : CoresetDetector
{
    /// <summary>Its <see cref="Kind"/>.</summary>
    public const string KindName = "incremental_lof";

    private readonly double[] densities;
    private readonly double[] sorted;
    private double leastReach;

    /// <summary>Makes one that knows nothing.</summary>
    /// <param name="dimension">Length of the vectors.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="Scoring.OptionsException">An option is out of range.</exception>
    public IncrementalLof(int dimension, CoresetOptions? options = null)
        : base(dimension, options ??= new CoresetOptions())
    {
        densities = new double[options.Exemplars];
        sorted = new double[options.Exemplars];
    }

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    public override long Bytes => base.Bytes + (2 * sizeof(double) * densities.Length);

    private protected override double ScoreVector(ReadOnlySpan<float> vector)
    {
        Span<int> places = stackalloc int[Exemplars.Neighbours];
        Span<double> distances = stackalloc double[Exemplars.Neighbours];
        Exemplars.FindNearest(vector, places, distances);
        double around = 0;
        foreach (int place in places) around += densities[place];
        return around / places.Length / Density(places, distances);
    }

    private protected override void RefreshScale()
    {
        int last = Exemplars.Neighbours - 1;
        Span<double> all = sorted.AsSpan(0, Exemplars.Count);
        for (int i = 0; i < all.Length; i++) all[i] = Exemplars.DistancesOf(i)[last];
        double average = TensorPrimitives.Average<double>(all);
        all.Sort();
        double median = all[all.Length / 2];
        leastReach = LeastDistance(median > 0 ? median : average);
        for (int i = 0; i < all.Length; i++) densities[i] = Density(Exemplars.NeighboursOf(i), Exemplars.DistancesOf(i));
    }

    internal static StreamDetector Read(ref ArtefactReader reader, int dimension)
    {
        var detector = new IncrementalLof(dimension, CoresetOptions.Read(ref reader));
        detector.ReadExemplars(ref reader);
        return detector;
    }

    /// <summary>Local reachability density: the inverse of the mean distance to neighbours, each at least the neighbour's own k-distance.</summary>
    private double Density(ReadOnlySpan<int> places, ReadOnlySpan<double> distances)
    {
        double reach = 0;
        for (int i = 0; i < places.Length; i++) reach += Math.Max(distances[i], Exemplars.DistancesOf(places[i])[^1]);
        return 1 / Math.Max(reach / places.Length, leastReach);
    }
}
