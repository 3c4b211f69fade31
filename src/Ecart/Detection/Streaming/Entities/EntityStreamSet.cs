using Ecart.Profiles;

namespace Ecart.Detection.Streaming.Entities;

/// <summary>The streaming detectors of one entity, each made when it first learns. Not thread-safe: the entity's owner's.</summary>
internal sealed class EntityStreamSet(StreamSlots slots)
{
    private readonly EntityStream?[] streams = slots.Count == 0 ? [] : new EntityStream?[slots.Count];

    /// <summary>Null before it has learned.</summary>
    public EntityStream? this[int slot] => streams[slot];

    public void Learn(int slot, DateTime time, ReadOnlySpan<float> values) => (streams[slot] ??= slots.Make(slot)).Learn(time, values);

    public void Write(StateWriter writer)
    {
        writer.Int(streams.Count(stream => stream is not null));
        for (int slot = 0; slot < streams.Length; slot++)
        {
            if (streams[slot] is not { } stream) continue;
            writer.Text(slots.NameOf(slot));
            writer.Block(stream.Save());
        }
    }

    /// <summary>Takes back what <see cref="Write"/> wrote; what the configuration does not name any more is forgotten.</summary>
    /// <exception cref="Batch.ArtefactException">A detector is damaged.</exception>
    public void Read(ref StateReader reader)
    {
        int count = reader.Count(1 << 8);
        for (int i = 0; i < count; i++)
        {
            int slot = slots.Find(reader.Text());
            ReadOnlySpan<byte> saved = reader.Block();
            if (slot >= 0) streams[slot] = slots.Restore(slot, saved);
        }
    }
}
