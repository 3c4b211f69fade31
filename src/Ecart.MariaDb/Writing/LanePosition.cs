namespace Ecart.MariaDb.Writing;

/// <summary>A lane as it was acquired.</summary>
/// <param name="Lane">The lane.</param>
/// <param name="Epoch">The new owner's epoch.</param>
/// <param name="Seq">Last committed log entry; 0 for none.</param>
/// <param name="CheckpointSeq">Last log entry that the stored state includes.</param>
public readonly record struct LanePosition(int Lane, long Epoch, long Seq, long CheckpointSeq);
