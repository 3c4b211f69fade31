namespace Ecart.Streaming.Files;

/// <summary>How far the reading of a sequence of files has come.</summary>
/// <param name="BytesRead">Bytes read so far of all files as stored (compressed bytes for gzip).</param>
/// <param name="TotalBytes">Bytes of all files as stored.</param>
/// <param name="File">Name of the file being read, without folder.</param>
/// <param name="FileNumber">Number of that file in the sequence, from 1.</param>
/// <param name="FileCount">Number of files.</param>
/// <param name="Records">Records delivered so far, rejected ones too.</param>
public readonly record struct FileProgress(
    long BytesRead, long TotalBytes, string File, int FileNumber, int FileCount, long Records);
