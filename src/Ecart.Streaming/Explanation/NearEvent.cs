using Ecart.Domains.Transactions;

namespace Ecart.Streaming.Explanation;

/// <summary>A normal event of the same account that resembles another.</summary>
/// <param name="Event">The event.</param>
/// <param name="Distance">Euclidean distance of the embeddings.</param>
public sealed record NearEvent(TransactionEvent Event, double Distance);
