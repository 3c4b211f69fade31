namespace Ecart.MariaDb.Reading;

/// <summary>What is known of a uid.</summary>
/// <param name="ContentHash">Hash of the event's content.</param>
/// <param name="Lane">Its lane.</param>
/// <param name="Seq">Its place in the lane's log.</param>
/// <param name="OccurredAt">Its event time: together they lead to the row.</param>
public readonly record struct EventKey(ulong ContentHash, int Lane, long Seq, DateTime OccurredAt);
