using Ecart.Streaming.Files;

namespace Ecart.Streaming.Sources.FollowedFile;

/// <summary>How one file is followed.</summary>
public sealed record FollowedFileOptions
{
    /// <summary>Full path of the file; it need not exist yet.</summary>
    public required string Path { get; init; }

    /// <summary>How records are written. Default: <see cref="FileFormat.Detect"/>.</summary>
    public FileFormat Format { get; init; }

    /// <summary>
    /// Whether the truth in a record becomes a label, straight after its event. Default true: a file that tells frauds tells them because they are known.
    /// </summary>
    public bool Labels { get; init; } = true;

    /// <summary>Time between two looks for more. Default 250 ms.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(250);
}
