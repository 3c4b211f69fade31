using System.Numerics.Tensors;
using Ecart.Detection.Batch;

namespace Ecart.Detection.Streaming;

/// <summary>
/// Mean distance to the nearest of a bounded, slowly forgetting sample of the stream, divided by the median of the exemplars' own: about 1 for a typical
/// vector, whatever the units. Dimensions should be of comparable scale. Not thread-safe: one owner a stream.
/// </summary>
/// <remarks>S. Ramaswamy, R. Rastogi, K. Shim, Efficient algorithms for mining outliers from large data sets, SIGMOD 2000, on a decayed reservoir.</remarks>
public sealed class IncrementalKnn : CoresetDetector
{
    /// <summary>Its <see cref="Kind"/>.</summary>
    public const string KindName = "incremental_knn";

    private readonly double[] means;
    private double typical;

    /// <summary>Makes one that knows nothing.</summary>
    /// <param name="dimension">Length of the vectors.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="Scoring.OptionsException">An option is out of range.</exception>
    public IncrementalKnn(int dimension, CoresetOptions? options = null)
        : base(dimension, options ??= new CoresetOptions()) => means = new double[options.Exemplars];

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    public override long Bytes => base.Bytes + (sizeof(double) * means.Length);

    private protected override double ScoreVector(ReadOnlySpan<float> vector)
    {
        Span<int> places = stackalloc int[Exemplars.Neighbours];
        Span<double> distances = stackalloc double[Exemplars.Neighbours];
        Exemplars.FindNearest(vector, places, distances);
        return TensorPrimitives.Average<double>(distances) / typical;
    }

    private protected override void RefreshScale()
    {
        Span<double> all = means.AsSpan(0, Exemplars.Count);
        for (int i = 0; i < all.Length; i++) all[i] = TensorPrimitives.Average(Exemplars.DistancesOf(i));
        double average = TensorPrimitives.Average<double>(all);
        all.Sort();
        typical = Math.Max(all[all.Length / 2], LeastDistance(average));
    }

    internal static StreamDetector Read(ref ArtefactReader reader, int dimension)
    {
        var detector = new IncrementalKnn(dimension, CoresetOptions.Read(ref reader));
        detector.ReadExemplars(ref reader);
        return detector;
    }
}
