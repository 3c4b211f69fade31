using Ecart.Detection.Batch;

namespace Ecart.Detection.Streaming;

/// <summary>Points that several trees refer to, each kept once while any of them does. Grows to what was needed at most.</summary>
internal sealed class SharedPoints(int dimension)
{
    private float[] values = new float[16 * dimension];
    private int[] references = new int[16];
    private int[] free = new int[16];
    private int freeCount;
    private int used;

    public long Bytes => (sizeof(float) * (long)values.Length) + (sizeof(int) * ((long)references.Length + free.Length));

    public ReadOnlySpan<float> this[int point] => values.AsSpan(point * dimension, dimension);

    /// <summary>Keeps a copy of a vector that nobody refers to yet.</summary>
    public int Add(ReadOnlySpan<float> vector)
    {
        int point = freeCount > 0 ? free[--freeCount] : used++;
        if (point == references.Length) Grow();
        vector.CopyTo(values.AsSpan(point * dimension, dimension));
        return point;
    }

    public void Refer(int point) => references[point]++;

    /// <summary>Takes a reference back.</summary>
    public void Release(int point)
    {
        references[point]--;
        FreeUnlessReferred(point);
    }

    /// <summary>Forgets a point that nobody refers to.</summary>
    public void FreeUnlessReferred(int point)
    {
        if (references[point] == 0) free[freeCount++] = point;
    }

    public void Write(ArtefactWriter writer)
    {
        writer.Ints(references.AsSpan(0, used));
        writer.Ints(free.AsSpan(0, freeCount));
        writer.Floats(values.AsSpan(0, used * dimension));
    }

    public void Read(ref ArtefactReader reader)
    {
        int[] readReferences = reader.Ints();
        int[] readFree = reader.Ints();
        used = readReferences.Length;
        freeCount = readFree.Length;
        float[] readValues = reader.Floats(used * dimension);
        int capacity = references.Length;
        while (capacity < used) capacity *= 2;
        Resize(capacity);
        readReferences.CopyTo(references, 0);
        readFree.CopyTo(free, 0);
        readValues.CopyTo(values, 0);
    }

    private void Grow() => Resize(references.Length * 2);

    private void Resize(int capacity)
    {
        Array.Resize(ref references, capacity);
        Array.Resize(ref free, capacity);
        Array.Resize(ref values, capacity * dimension);
    }
}
