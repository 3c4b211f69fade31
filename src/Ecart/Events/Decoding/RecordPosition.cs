namespace Ecart.Events.Decoding;

/// <summary>Where a record came from.</summary>
/// <param name="Source">A file's name without folder, or a topic.</param>
/// <param name="Partition">Partition of the source; 0 for files.</param>
/// <param name="Offset">Offset in the partition; for files the line number, from 1.</param>
/// <param name="IsLine">True when the offset is a line of a file.</param>
public readonly record struct RecordPosition(string Source, int Partition, long Offset, bool IsLine)
{
    /// <summary>A line of a file.</summary>
    public static RecordPosition OfLine(string file, long line) => new(file, 0, line, IsLine: true);

    /// <summary>The position as messages name it.</summary>
    public override string ToString() =>
        IsLine ? $"{Source} line {Offset}" : $"{Source} partition {Partition} offset {Offset}";
}
