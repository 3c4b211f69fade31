namespace Ecart.Streaming.Sources;

/// <summary>
/// A finite source that yields the same items in the same order each time it is opened. Not thread-safe: one reader.
/// </summary>
public interface IReplaySource : IDisposable
{
    /// <summary>Name under which positions are kept, at most 255 characters. Equal content must give equal names.</summary>
    string Name { get; }

    /// <summary>
    /// Items to skip when the source is opened again: the number taken so far. Stands still once the source has failed, because the unread rest may
    /// belong between the items that still come.
    /// </summary>
    long Position { get; }

    /// <summary>Why the source could not be read to its end, for a person; null while all is well.</summary>
    string? Failure { get; }

    /// <summary>How far the source is read, 0 to 1, for a progress bar; NaN when unknown.</summary>
    double Progress { get; }

    /// <summary>Takes the next item.</summary>
    /// <returns>False at the end, or where the source failed.</returns>
    bool TryRead(out ReplayItem item);
}
