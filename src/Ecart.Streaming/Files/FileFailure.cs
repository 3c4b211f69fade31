namespace Ecart.Streaming.Files;

/// <summary>Why a file could not be read to its end.</summary>
/// <param name="Path">The file.</param>
/// <param name="Line">Line that could not be read, from 1; 0 when the file could not be opened.</param>
/// <param name="BytePosition">Position in the file as stored (compressed bytes for gzip).</param>
/// <param name="Message">One sentence for a person that names file, position and what to do.</param>
public sealed record FileFailure(string Path, long Line, long BytePosition, string Message);
