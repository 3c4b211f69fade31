using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Ecart.Detection.Batch;

/// <summary>Reads what <see cref="ArtefactWriter"/> wrote; bytes that end too early or a length that cannot be are an <see cref="ArtefactException"/>.</summary>
internal ref struct ArtefactReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> rest = bytes;

    public int Int() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    public long Long() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    public double Double() => BitConverter.Int64BitsToDouble(Long());

    public string Text() => Encoding.UTF8.GetString(Array<byte>());

    public byte[] Bytes() => Array<byte>();

    public float[] Floats() => Array<float>();

    public double[] Doubles() => Array<double>();

    public int[] Ints() => Array<int>();

    /// <summary>The same, where only one length can be right.</summary>
    public float[] Floats(int length) => OfLength(Floats(), length);

    /// <inheritdoc cref="Floats(int)"/>
    public double[] Doubles(int length) => OfLength(Doubles(), length);

    /// <inheritdoc cref="Floats(int)"/>
    public int[] Ints(int length) => OfLength(Ints(), length);

    /// <summary>An integer that can only be between two others, both included.</summary>
    public int Int(int least, int most)
    {
        int value = Int();
        return value >= least && value <= most
            ? value
            : throw new ArtefactException($"The artefact is damaged: {value} where {least} to {most} is expected. Restore it from a backup or train again.");
    }

    public readonly void RequireEnd()
    {
        if (rest.Length > 0) throw new ArtefactException($"The artefact is damaged: {rest.Length} bytes are left over. Restore it from a backup or train again.");
    }

    private TValue[] Array<TValue>()
        where TValue : unmanaged
    {
        int length = Int();
        if (length < 0 || length > rest.Length / Unsafe.SizeOf<TValue>()) throw Short();
        var values = new TValue[length];
        Take(length * Unsafe.SizeOf<TValue>()).CopyTo(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    private static TValue[] OfLength<TValue>(TValue[] values, int length) =>
        values.Length == length
            ? values
            : throw new ArtefactException($"The artefact is damaged: {values.Length} values where {length} are expected. Restore it from a backup or train again.");

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > rest.Length) throw Short();
        ReadOnlySpan<byte> taken = rest[..length];
        rest = rest[length..];
        return taken;
    }

    private static ArtefactException Short() => new("The artefact is damaged: it ends too early. Restore it from a backup or train again.");
}
