using Ecart.Events;

namespace Ecart.Streaming.Explanation;

/// <summary>A normal event of the same entity that resembles another.</summary>
/// <param name="Event">The event.</param>
/// <param name="Distance">Euclidean distance of the embeddings.</param>
/// <param name="Differences">Up to three features by which they differ most, the strongest first; empty when they are equal.</param>
public sealed record NearEvent(DomainEvent Event, double Distance, string Differences);
