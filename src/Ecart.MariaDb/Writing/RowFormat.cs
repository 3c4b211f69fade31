namespace Ecart.MariaDb.Writing;

/// <summary>How rows are spelled for the server.</summary>
public enum RowFormat
{
    /// <summary>Tab-separated bytes for LOAD DATA: the fastest way in.</summary>
    LoadData,

    /// <summary>Value lists for multi-row INSERT, where the server or the client forbids local files.</summary>
    Insert,
}
