using Ecart.Vectors;

namespace Ecart.MariaDb.Reading;

/// <summary>Embeddings of normal events, of one version.</summary>
/// <param name="EmbeddingVersion">Their version: that of the newest normal event.</param>
/// <param name="From">Event time after which they were taken, UTC.</param>
/// <param name="To">Newest event time, UTC.</param>
/// <param name="Available">Normal events of this version in that time.</param>
/// <param name="Rows">The sample.</param>
public sealed record NormalSample(int EmbeddingVersion, DateTime From, DateTime To, long Available, Matrix Rows);
