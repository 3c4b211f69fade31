namespace Ecart.MariaDb.Writing;

/// <summary>The move of a lane in one transaction: the fence lets it pass only from exactly where its owner thinks it is.</summary>
/// <param name="Lane">The lane.</param>
/// <param name="Epoch">The owner's epoch.</param>
/// <param name="FromSeq">Last log entry before.</param>
/// <param name="ToSeq">Last log entry after; may be equal.</param>
public readonly record struct LaneAdvance(int Lane, long Epoch, long FromSeq, long ToSeq);
