namespace Ecart.Streaming.Files;

/// <summary>Takes one record after the other from a file's bytes.</summary>
internal interface IRecordFormat
{
    /// <returns>False when no complete record is left; <see cref="ByteWindow.Fault"/> tells whether that is the end of the file.</returns>
    bool TryRead(out FileRecord record);
}
