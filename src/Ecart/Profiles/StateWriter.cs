using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Ecart.Profiles;

/// <summary>Writes state as little-endian bytes; integers as they are, texts with their length. The reader is <see cref="StateReader"/>.</summary>
internal readonly ref struct StateWriter(ArrayBufferWriter<byte> buffer)
{
    public void Int(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(buffer.GetSpan(4), value);
        buffer.Advance(4);
    }

    public void Long(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(buffer.GetSpan(8), value);
        buffer.Advance(8);
    }

    public void Double(double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(buffer.GetSpan(8), value);
        buffer.Advance(8);
    }

    public void Floats(ReadOnlySpan<float> values) => buffer.Write(MemoryMarshal.AsBytes(values));

    /// <summary>Bytes with their number before them.</summary>
    public void Block(ReadOnlySpan<byte> bytes)
    {
        Int(bytes.Length);
        buffer.Write(bytes);
    }

    public void Text(string? value)
    {
        if (value is null)
        {
            Int(-1);
            return;
        }

        int length = Encoding.UTF8.GetByteCount(value);
        Int(length);
        Encoding.UTF8.GetBytes(value, buffer.GetSpan(length));
        buffer.Advance(length);
    }

    public void Moments(in Moments moments)
    {
        Int(moments.Count);
        Double(moments.Sum);
        Double(moments.SumOfSquares);
        Double(moments.Maximum);
    }
}
