namespace Ecart.Streaming.Files;

/// <summary>How files are read.</summary>
public sealed record RecordReaderOptions
{
    /// <summary>Default: <see cref="FileFormat.Detect"/>.</summary>
    public FileFormat Format { get; init; }

    /// <summary>Separator of CSV columns; null (default) takes the most frequent of comma, semicolon, tab and bar in the header.</summary>
    public char? Separator { get; init; }
}
