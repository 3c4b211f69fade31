using System.Numerics.Tensors;
using Ecart.Detection.Batch;
using Ecart.Vectors.Neighbours;

namespace Ecart.Detection.Streaming;

/// <summary>What the detectors on a bounded sample of the stream share.</summary>
public abstract class CoresetDetector : StreamDetector
{
    /// <summary>
    /// A distance that everything is divided by is at least this share of the typical one, so that duplicates make nothing infinitely strange.
    /// </summary>
    private protected const double FloorShare = 0.05;

    private readonly CoresetOptions options;
    private readonly float[] difference;
    private readonly SampleGuard guard;

    private protected CoresetDetector(int dimension, CoresetOptions options)
        : base(dimension, options.MinimumObservations)
    {
        options.Validate();
        this.options = options;
        Exemplars = new Coreset(dimension, options.Exemplars, options.Neighbours, options.Window, options.Seed);
        difference = new float[dimension];
        guard = new SampleGuard(options.RecoveryObservations);
    }

    /// <inheritdoc/>
    public override long Bytes => BaseBytes + Exemplars.Bytes + (sizeof(float) * difference.Length);

    private protected Coreset Exemplars { get; }

    /// <summary>Finds the nearest of what is remembered as normal: evidence that a person can look at.</summary>
    /// <param name="vector">A finite vector of the detector's dimension.</param>
    /// <param name="nearest">
    /// Receives as many as it has room for, nearest first; their numbers are good for <see cref="CopyExemplar"/> until the next vector is learned.
    /// </param>
    /// <returns>How many were found: fewer than there is room for only when no more are remembered.</returns>
    /// <exception cref="DetectorInputException">Wrong length, or a value that is not finite.</exception>
    public int FindNearest(ReadOnlySpan<float> vector, Span<Neighbour> nearest)
    {
        Check(vector);
        int count = Math.Min(nearest.Length, Exemplars.Count);
        if (count == 0) return 0;
        var places = new int[count];
        var distances = new double[count];
        Exemplars.FindNearest(vector, places, distances);
        for (int i = 0; i < count; i++) nearest[i] = new Neighbour(places[i], distances[i] * distances[i]);
        return count;
    }

    /// <summary>Copies one of the remembered vectors.</summary>
    /// <param name="exemplar">Its number, as <see cref="FindNearest"/> gave it.</param>
    /// <param name="destination">Room for a vector.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such exemplar.</exception>
    public void CopyExemplar(int exemplar, Span<float> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(exemplar);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(exemplar, Exemplars.Count);
        Exemplars.Point(exemplar).CopyTo(destination);
    }

    /// <summary>Takes account of changed exemplars, of which there are enough.</summary>
    private protected abstract void RefreshScale();

    private protected override void LearnVector(ReadOnlySpan<float> vector)
    {
        double weight = HasOpinion ? guard.Weigh(ScoreOf(vector)) : 1;
        if (Exemplars.Offer(vector, Learned, weight) && Exemplars.Count > options.Neighbours) RefreshScale();
    }

    /// <summary>Mean squared differences to the nearest exemplars.</summary>
    private protected override void ExplainVector(ReadOnlySpan<float> vector, Span<double> contributions)
    {
        Span<int> places = stackalloc int[options.Neighbours];
        Span<double> distances = stackalloc double[options.Neighbours];
        Exemplars.FindNearest(vector, places, distances);
        foreach (int place in places)
        {
            TensorPrimitives.Subtract(vector, Exemplars.Point(place), difference);
            for (int j = 0; j < difference.Length; j++) contributions[j] += (double)difference[j] * difference[j] / places.Length;
        }
    }

    internal override void WriteState(ArtefactWriter writer)
    {
        options.Write(writer);
        guard.Write(writer);
        Exemplars.Write(writer);
    }

    private protected void ReadExemplars(ref ArtefactReader reader)
    {
        guard.Read(ref reader);
        Exemplars.Read(ref reader);
        if (Exemplars.Count > options.Neighbours) RefreshScale();
    }

    /// <summary>What a distance is at least divided by, given the typical one, which may be 0: then what rounding of the values themselves allows.</summary>
    private protected double LeastDistance(double typical) =>
        typical > 0 ? FloorShare * typical : 1e-6 * Math.Max(1e-3, TensorPrimitives.Norm(Exemplars.Point(0)));
}
