namespace Ecart.Streaming.Files;

/// <summary>How a file's records are written.</summary>
public enum FileFormat
{
    /// <summary>JSON lines when the first character is an opening brace, a Zeek log when the first line begins as one, else CSV.</summary>
    Detect,

    /// <summary>RFC 4180 with a header line.</summary>
    Csv,

    /// <summary>One JSON object a line.</summary>
    JsonLines,

    /// <summary>A Zeek log: tabs between values, names in a line <c>#fields</c>.</summary>
    Zeek,
}
