namespace Ecart.MariaDb.Exceptions;

/// <summary>Behaviour within a distance of a vector.</summary>
/// <param name="Vector">The vector, zero-padded to 256 floats.</param>
/// <param name="Radius">Distance within which an event matches, above 0.</param>
/// <param name="EmbeddingVersion">Version of the vector: those of others never match.</param>
public sealed record ExceptionPatternPart(float[] Vector, double Radius, int EmbeddingVersion);
