namespace Ecart.MariaDb.Writing;

/// <summary>How far a source is read by every lane.</summary>
/// <param name="Source">Topic or file, at most 255 characters.</param>
/// <param name="Partition">Partition; 0 for files.</param>
/// <param name="NextOffset">The first offset not read yet.</param>
public readonly record struct SourceAdvance(string Source, int Partition, long NextOffset);
