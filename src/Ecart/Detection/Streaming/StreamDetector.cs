using System.Numerics.Tensors;
using Ecart.Detection.Batch;
using Ecart.Scoring;

namespace Ecart.Detection.Streaming;

/// <summary>
/// What all streaming detectors share: they look at their input once, here, count what was learned, and keep silent until it is enough. Not
/// thread-safe: one owner a stream.
/// </summary>
public abstract class StreamDetector : IStreamDetector
{
    /// <summary>Longest vector that is accepted.</summary>
    public const int MaximumDimension = 65_536;

    /// <summary>Largest magnitude of a value that is accepted: squares and sums of it still fit a float.</summary>
    public const float MaximumMagnitude = 1e15f;

    private readonly int minimumObservations;

    /// <param name="dimension">Length of the vectors, 1 to <see cref="MaximumDimension"/>.</param>
    /// <param name="minimumObservations">Vectors to learn before there is an opinion.</param>
    private protected StreamDetector(int dimension, int minimumObservations)
    {
        OptionsException.RequireRange(dimension, 1, MaximumDimension, "dimension");
        Dimension = dimension;
        this.minimumObservations = minimumObservations;
    }

    /// <inheritdoc/>
    public abstract string Kind { get; }

    /// <inheritdoc/>
    public int Dimension { get; }

    /// <summary>Vectors learned since it was made.</summary>
    public long Learned { get; private set; }

    /// <inheritdoc/>
    public bool HasOpinion => Learned >= minimumObservations;

    /// <inheritdoc/>
    public abstract long Bytes { get; }

    /// <inheritdoc/>
    public double Score(ReadOnlySpan<float> vector)
    {
        Check(vector);
        return HasOpinion ? ScoreVector(vector) : 0;
    }

    /// <inheritdoc/>
    public void Learn(ReadOnlySpan<float> vector)
    {
        Check(vector);
        LearnVector(vector);
        Learned++;
    }

    /// <inheritdoc/>
    public void Explain(ReadOnlySpan<float> vector, Span<double> contributions)
    {
        Check(vector);
        if (contributions.Length != Dimension)
            throw new DetectorInputException($"{Kind}: there is room for {contributions.Length} contributions; a vector has {Dimension} dimensions.");
        contributions.Clear();
        if (HasOpinion) ExplainVector(vector, contributions);
    }

    /// <inheritdoc/>
    public byte[] Save() => StreamArtefact.Pack(this);

    /// <summary>Scores a usable vector once enough was learned: finite, 0 and more, without allocation.</summary>
    private protected abstract double ScoreVector(ReadOnlySpan<float> vector);

    /// <summary>Learns a usable vector; <see cref="Learned"/> does not count it yet.</summary>
    private protected abstract void LearnVector(ReadOnlySpan<float> vector);

    /// <summary>Adds to zeroed contributions for a usable vector once enough was learned.</summary>
    private protected abstract void ExplainVector(ReadOnlySpan<float> vector, Span<double> contributions);

    /// <summary>Writes options and state, so that the kind's own reader makes an equal detector.</summary>
    internal abstract void WriteState(ArtefactWriter writer);

    internal void RestoreLearned(long learned) => Learned = learned;

    private void Check(ReadOnlySpan<float> vector)
    {
        if (vector.Length != Dimension) throw new DetectorInputException($"{Kind}: the vector has {vector.Length} dimensions; this stream has {Dimension}.");
        // NaN compares as false.
        if (Math.Abs(TensorPrimitives.MaxMagnitude(vector)) <= MaximumMagnitude) return;
        int dimension = 0;
        while (Math.Abs(vector[dimension]) <= MaximumMagnitude) dimension++;
        throw new DetectorInputException(
            $"{Kind}: dimension {dimension} is {vector[dimension]}; every value must be finite and at most {MaximumMagnitude} in magnitude.");
    }
}
