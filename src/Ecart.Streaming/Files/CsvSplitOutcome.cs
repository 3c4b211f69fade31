namespace Ecart.Streaming.Files;

/// <summary>What splitting a record with quotes came to.</summary>
internal enum CsvSplitOutcome
{
    /// <summary>The record is complete.</summary>
    Complete,

    /// <summary>The record goes on behind the bytes given.</summary>
    NeedsMore,

    /// <summary>Text follows a closing quote.</summary>
    Malformed,
}
