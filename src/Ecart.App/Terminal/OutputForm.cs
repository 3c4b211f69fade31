namespace Ecart.App.Terminal;

/// <summary>How results are shown.</summary>
internal enum OutputForm
{
    /// <summary>A table for people.</summary>
    Table,

    /// <summary>One JSON object a line.</summary>
    Json,

    /// <summary>CSV with a header.</summary>
    Csv,
}
