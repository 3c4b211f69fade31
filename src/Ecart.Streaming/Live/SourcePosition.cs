namespace Ecart.Streaming.Live;

/// <summary>Where a source reads on once an item is durable.</summary>
/// <param name="Source">Topic or file under which positions are kept, at most 255 characters.</param>
/// <param name="Partition">Partition; 0 for files.</param>
/// <param name="NextOffset">The first offset after the item.</param>
public readonly record struct SourcePosition(string Source, int Partition, long NextOffset);
