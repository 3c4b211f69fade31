namespace Ecart.Streaming.Files;

/// <summary>Records in a fixed order, pulled one at a time. One reader only.</summary>
public interface IFileRecordSource
{
    /// <summary>Not null once reading ended before the end of the input.</summary>
    FileFailure? Failure { get; }

    /// <summary>Takes the next record.</summary>
    /// <returns>False at the end of the input, or when it cannot be read further.</returns>
    bool TryRead(out FileRecord record);
}
