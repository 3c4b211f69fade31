using Ecart.Vectors.Neighbours;

namespace Ecart.Detection.Batch;

/// <summary>A detector that can name the normal rows that a vector is nearest to: evidence that a person can look at. Thread-safe once fitted.</summary>
public interface INearestNormal
{
    /// <summary>Finds the nearest of the rows that the detector was fitted to.</summary>
    /// <param name="vector">A finite vector of the detector's dimension.</param>
    /// <param name="nearest">Receives as many as it has room for, nearest first; rows are numbered as they were given to <see cref="IBatchDetector.Fit"/>.</param>
    /// <returns>How many were found: fewer than there is room for only when there are no more rows.</returns>
    /// <exception cref="DetectorInputException">Wrong length, or a value that is not finite.</exception>
    /// <exception cref="InvalidOperationException">Not fitted.</exception>
    int FindNearest(ReadOnlySpan<float> vector, Span<Neighbour> nearest);

    /// <summary>Copies one of the rows that the detector was fitted to.</summary>
    void CopyRow(int row, Span<float> destination);
}
