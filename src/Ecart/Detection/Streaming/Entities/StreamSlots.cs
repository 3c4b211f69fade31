namespace Ecart.Detection.Streaming.Entities;

/// <summary>Which streaming detectors every entity has: shared by all of them. Immutable.</summary>
internal sealed class StreamSlots
{
    private readonly (StreamDetectorOptions Options, int Dimension, string Name)[] slots;

    /// <summary>Takes the detectors of a configuration.</summary>
    /// <param name="detectors">Validated; each with the fields that it looks at and how many numbers these are.</param>
    public StreamSlots(IEnumerable<(StreamDetectorOptions Options, IReadOnlyList<string> Fields, int Dimension)> detectors) =>
        slots = [.. detectors.Select(one => (one.Options, one.Dimension, one.Options.StateName(one.Fields, one.Dimension)))];

    public int Count => slots.Length;

    /// <summary>What state of a slot is stored under.</summary>
    public string NameOf(int slot) => slots[slot].Name;

    /// <returns>-1 when no detector of this configuration has that state.</returns>
    public int Find(string? name) => Array.FindIndex(slots, slot => slot.Name == name);

    /// <summary>A detector that has learned nothing.</summary>
    public EntityStream Make(int slot) => EntityStreams.Make(slots[slot].Options, slots[slot].Dimension);

    /// <summary>A detector as it was saved.</summary>
    /// <exception cref="Batch.ArtefactException">Damaged, or of a newer format.</exception>
    public EntityStream Restore(int slot, ReadOnlySpan<byte> saved) => EntityStreams.Restore(slots[slot].Options.Kind, saved);
}
