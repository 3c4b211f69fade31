namespace Ecart.Streaming.Sources;

/// <summary>
/// A finite source that yields the same items in the same order each time it is opened: the number of items taken is its position.
/// Not thread-safe: one reader.
/// </summary>
public interface IReplaySource : IDisposable
{
    /// <summary>Name under which positions are kept, at most 255 characters. Equal content must give equal names.</summary>
    string Name { get; }

    /// <summary>How far the source is read, 0 to 1, for a progress bar; NaN when unknown.</summary>
    double Progress { get; }

    /// <summary>Takes the next item.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="IOException">The source cannot be read further; the message names it and the place.</exception>
    bool TryRead(out ReplayItem item);
}
