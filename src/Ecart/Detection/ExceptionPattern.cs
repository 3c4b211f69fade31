using Ecart.Vectors;

namespace Ecart.Detection;

/// <summary>Behaviour that an analyst has validated: while valid, a match silences the alert and keeps event and score.</summary>
/// <param name="Id">Id in the store.</param>
/// <param name="EntityType">Entity type, null for every type.</param>
/// <param name="EntityId">Entity, null for all.</param>
/// <param name="ValidFrom">From this event time on, UTC.</param>
/// <param name="ValidUntil">Until before this event time, null for ever.</param>
/// <param name="Pattern">Pattern, zero-padded to 256 floats; null for every behaviour of the entity.</param>
/// <param name="Radius">Distance within which an event matches the pattern.</param>
/// <param name="EmbeddingVersion">Version of the pattern.</param>
/// <param name="RuleExpression">A rule that must hold too; null for none. <see cref="ExceptionSet{TContext}"/> compiles it.</param>
public sealed record ExceptionPattern(
    long Id,
    string? EntityType,
    string? EntityId,
    DateTime ValidFrom,
    DateTime? ValidUntil,
    float[]? Pattern,
    double Radius,
    int EmbeddingVersion,
    string? RuleExpression = null)
{
    /// <summary>True when this exception covers the event by entity, time and pattern. Its rule is not asked.</summary>
    public bool Matches(string entityType, string entityId, DateTime occurredAt, ReadOnlySpan<float> embedding, int embeddingVersion)
    {
        if (EntityType is not null && !string.Equals(EntityType, entityType, StringComparison.Ordinal)) return false;
        if (EntityId is not null && !string.Equals(EntityId, entityId, StringComparison.Ordinal)) return false;
        if (occurredAt < ValidFrom || occurredAt >= ValidUntil) return false;
        if (Pattern is null) return true;
        return EmbeddingVersion == embeddingVersion && VectorMath.DistancePadded(embedding, Pattern) <= Radius;
    }
}
