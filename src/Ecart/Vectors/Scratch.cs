using System.Buffers;

namespace Ecart.Vectors;

/// <summary>Memory for one call, borrowed so that the call allocates nothing. Dispose it once; what it holds is undefined before it is written.</summary>
/// <typeparam name="T">A value without references.</typeparam>
internal readonly ref struct Scratch<T>
    where T : unmanaged
{
    private readonly T[] rented;
    private readonly int length;

    public Scratch(int length)
    {
        this.length = length;
        rented = ArrayPool<T>.Shared.Rent(length);
    }

    public Span<T> Span => rented.AsSpan(0, length);

    public void Dispose() => ArrayPool<T>.Shared.Return(rented);
}
