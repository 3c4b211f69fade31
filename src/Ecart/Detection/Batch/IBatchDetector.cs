using Ecart.Vectors;

namespace Ecart.Detection.Batch;

/// <summary>
/// Learns what is normal from rows at once, then says of any vector how far out it is. <c>Fit</c> is for one thread; once fitted a detector never
/// changes, and any number of threads may score. The same seed and rows give the same scores.
/// </summary>
public interface IBatchDetector
{
    /// <summary>Stable name, such as <c>isolation_forest</c>: in configurations, artefacts and tables.</summary>
    string Kind { get; }

    /// <summary>Length of the vectors it was fitted to; 0 before.</summary>
    int Dimension { get; }

    /// <summary>
    /// Scores of the rows it was fitted to, in their order: each as far as the method allows as if the row had not been among them (a
    /// neighbour method leaves the row itself out). What a new score is compared with.
    /// </summary>
    ReadOnlySpan<double> TrainingScores { get; }

    /// <summary>Learns from rows that are taken for normal; forgets what it knew. The rows are not kept unless the method needs them, then copied.</summary>
    /// <exception cref="DetectorInputException">No row, a value that is not finite, or fewer rows than the method needs.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the detector is as before.</exception>
    void Fit(Matrix rows, CancellationToken cancellation = default);

    /// <returns>How far out the vector is: finite, higher is stranger; the scale is the method's own.</returns>
    /// <exception cref="DetectorInputException">Wrong length, or a value that is not finite.</exception>
    /// <exception cref="InvalidOperationException">Not fitted.</exception>
    double Score(ReadOnlySpan<float> vector);

    /// <summary>Scores many rows, each exactly as <see cref="Score(ReadOnlySpan{float})"/> would to within rounding, but faster.</summary>
    /// <param name="rows">What to score.</param>
    /// <param name="scores">Receives one score a row.</param>
    /// <param name="cancellation">Ends it early.</param>
    void Score(Matrix rows, Span<double> scores, CancellationToken cancellation = default);

    /// <summary>How much each dimension drove the score of a vector: 0 and more, in the order of the dimensions, comparable with each other only.</summary>
    void Explain(ReadOnlySpan<float> vector, Span<double> contributions);

    /// <summary>What was learned, as bytes that <see cref="DetectorArtefact.Restore"/> turns back into a detector of equal scores.</summary>
    /// <exception cref="InvalidOperationException">Not fitted.</exception>
    byte[] Save();
}
