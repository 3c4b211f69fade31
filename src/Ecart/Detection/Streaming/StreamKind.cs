using Ecart.Detection.Batch;

namespace Ecart.Detection.Streaming;

/// <summary>How detectors of one kind are made.</summary>
/// <param name="Make">For vectors of a length, with default options.</param>
/// <param name="Read">Of what <see cref="StreamDetector.WriteState"/> wrote.</param>
internal sealed record StreamKind(Func<int, StreamDetector> Make, StreamKind.Reader Read)
{
    /// <summary>Makes a detector of its state.</summary>
    internal delegate StreamDetector Reader(ref ArtefactReader reader, int dimension);
}
