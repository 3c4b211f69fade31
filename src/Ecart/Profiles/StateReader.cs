using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Ecart.Profiles;

/// <summary>Reads what <see cref="StateWriter"/> wrote.</summary>
/// <exception cref="ArgumentOutOfRangeException">The bytes end too early.</exception>
internal ref struct StateReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> rest = bytes;

    /// <exception cref="ArgumentOutOfRangeException">Bytes are left over.</exception>
    public readonly void RequireEnd() => ArgumentOutOfRangeException.ThrowIfNotEqual(rest.Length, 0, "bytes left over");

    public int Int() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    /// <summary>A number of things that follow.</summary>
    public int Count(int maximum)
    {
        int count = Int();
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, maximum);
        return count;
    }

    public long Long() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Take(8));

    public void Floats(Span<float> values) => Take(values.Length * sizeof(float)).CopyTo(MemoryMarshal.AsBytes(values));

    /// <summary>Bytes with their number before them.</summary>
    public ReadOnlySpan<byte> Block() => Take(Int());

    public string? Text()
    {
        int length = Int();
        return length < 0 ? null : Encoding.UTF8.GetString(Take(length));
    }

    public Moments Moments() => new() { Count = Int(), Sum = Double(), SumOfSquares = Double(), Maximum = Double() };

    /// <summary>Passes over all that is left.</summary>
    public void Skip() => rest = default;

    private ReadOnlySpan<byte> Take(int length)
    {
        ReadOnlySpan<byte> taken = rest[..length];
        rest = rest[length..];
        return taken;
    }
}
