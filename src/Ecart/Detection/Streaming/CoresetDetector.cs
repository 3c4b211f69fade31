using System.Numerics.Tensors;
using Ecart.Detection.Batch;

namespace Ecart.Detection.Streaming;

/// <summary>What the detectors on a bounded sample of the stream share.</summary>
public abstract class CoresetDetector : StreamDetector
{
    /// <summary>A distance that everything is divided by is at least this share of the typical one, so that duplicates make nothing infinitely strange.</summary>
    private protected const double FloorShare = 0.05;

    private readonly CoresetOptions options;
    private readonly float[] difference;

    private protected CoresetDetector(int dimension, CoresetOptions options)
        : base(dimension, options.MinimumObservations)
    {
        options.Validate();
        this.options = options;
        Exemplars = new Coreset(dimension, options.Exemplars, options.Neighbours, options.Window, options.Seed);
        difference = new float[dimension];
    }

    /// <inheritdoc/>
    public override long Bytes => Exemplars.Bytes + (sizeof(float) * difference.Length);

    private protected Coreset Exemplars { get; }

    /// <summary>Takes account of changed exemplars, of which there are enough.</summary>
    private protected abstract void RefreshScale();

    private protected override void LearnVector(ReadOnlySpan<float> vector)
    {
        if (Exemplars.Offer(vector, Learned) && Exemplars.Count > options.Neighbours) RefreshScale();
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
        Exemplars.Write(writer);
    }

    private protected void ReadExemplars(ref ArtefactReader reader)
    {
        Exemplars.Read(ref reader);
        if (Exemplars.Count > options.Neighbours) RefreshScale();
    }

    /// <summary>What a distance is at least divided by, given the typical one, which may be 0: then what rounding of the values themselves allows.</summary>
    private protected double LeastDistance(double typical) =>
        typical > 0 ? FloorShare * typical : 1e-6 * Math.Max(1e-3, TensorPrimitives.Norm(Exemplars.Point(0)));
}
