namespace Ecart.MariaDb.Exceptions;

/// <summary>The event that an exception is made from.</summary>
/// <param name="AlertId">Its alert; null for an event without one.</param>
/// <param name="EventUid">The event.</param>
/// <param name="OccurredAt">Event time, UTC.</param>
/// <param name="EntityType">Type of its entity.</param>
/// <param name="EntityId">Its entity.</param>
/// <param name="Vector">Its embedding, zero-padded to 256 floats.</param>
/// <param name="EmbeddingVersion">Version of that.</param>
public sealed record ExceptionSubject(
    long? AlertId, string EventUid, DateTime OccurredAt, string EntityType, string EntityId, float[] Vector, int EmbeddingVersion);
