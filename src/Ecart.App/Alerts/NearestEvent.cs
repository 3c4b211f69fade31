using Ecart.MariaDb.Alerts;

namespace Ecart.App.Alerts;

/// <summary>A normal event of the same entity that resembles another.</summary>
/// <param name="Event">The event.</param>
/// <param name="Distance">Euclidean distance of the embeddings.</param>
/// <param name="Differences">Features by which they differ most, the strongest first.</param>
public sealed record NearestEvent(StoredEvent Event, double Distance, IReadOnlyList<string> Differences);
