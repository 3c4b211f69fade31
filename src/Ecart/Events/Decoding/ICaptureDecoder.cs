using System.Diagnostics.CodeAnalysis;

namespace Ecart.Events.Decoding;

/// <summary>Makes events of a capture, which is only understood as a whole. Thread-safe.</summary>
public interface ICaptureDecoder
{
    /// <summary>Whether a file of this form begins with such bytes, at least four.</summary>
    bool Begins(ReadOnlySpan<byte> bytes);

    /// <summary>Decodes a capture.</summary>
    /// <param name="capture">All bytes of it.</param>
    /// <param name="name">Its name, by which events are named.</param>
    /// <param name="events">The events in the order of their times; null when the bytes are no capture.</param>
    /// <param name="problem">What is wrong then, in a sentence.</param>
    bool TryDecode(
        ReadOnlySpan<byte> capture, string name, [NotNullWhen(true)] out IReadOnlyList<DomainEvent>? events, [NotNullWhen(false)] out string? problem);
}
