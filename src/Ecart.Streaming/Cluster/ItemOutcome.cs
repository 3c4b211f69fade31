using Ecart.Events;

namespace Ecart.Streaming.Cluster;

/// <summary>What became of an item at the node that owns its lane.</summary>
/// <param name="Kind">Which of the ends.</param>
/// <param name="Scored">Place and verdict of a stored event, as <see cref="VerdictCodec"/> writes them; it leaves out the embedding.</param>
/// <param name="Rejection">Why it was rejected.</param>
internal readonly record struct ItemOutcome(ItemOutcomeKind Kind, byte[]? Scored = null, RejectedRecord? Rejection = null);
