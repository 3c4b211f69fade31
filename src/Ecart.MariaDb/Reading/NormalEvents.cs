using Ecart.Vectors;

namespace Ecart.MariaDb.Reading;

/// <summary>Normal events to learn from.</summary>
/// <param name="EmbeddingVersion">Version of the vectors.</param>
/// <param name="Rows">The vectors, in order of event time.</param>
/// <param name="From">Event time of the first, UTC; meaningless when there is none.</param>
/// <param name="Until">Event time of the last.</param>
/// <param name="Available">How many there were before they were thinned.</param>
public sealed record NormalEvents(int EmbeddingVersion, Matrix Rows, DateTime From, DateTime Until, long Available)
{
    internal static NormalEvents None(int version, int dimension) => new(version, new Matrix(0, dimension), default, default, 0);
}
