using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Ecart.Detection.Batch;

/// <summary>Writes what a detector learned as little-endian bytes; arrays and texts with their length. The reader is <see cref="ArtefactReader"/>.</summary>
internal sealed class ArtefactWriter
{
    private readonly ArrayBufferWriter<byte> buffer = new();

    public ReadOnlySpan<byte> Written => buffer.WrittenSpan;

    public void Int(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(buffer.GetSpan(sizeof(int)), value);
        buffer.Advance(sizeof(int));
    }

    public void Long(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(buffer.GetSpan(sizeof(long)), value);
        buffer.Advance(sizeof(long));
    }

    public void Double(double value) => Long(BitConverter.DoubleToInt64Bits(value));

    public void Text(string value) => Bytes(Encoding.UTF8.GetBytes(value));

    public void Bytes(ReadOnlySpan<byte> values) => Array(values);

    public void Floats(ReadOnlySpan<float> values) => Array(values);

    public void Doubles(ReadOnlySpan<double> values) => Array(values);

    public void Ints(ReadOnlySpan<int> values) => Array(values);

    private void Array<TValue>(ReadOnlySpan<TValue> values)
        where TValue : unmanaged
    {
        Int(values.Length);
        buffer.Write(MemoryMarshal.AsBytes(values));
    }
}
