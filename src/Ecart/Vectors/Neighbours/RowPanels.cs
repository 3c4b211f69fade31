using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ecart.Vectors.Neighbours;

/// <summary>
/// Rows in panels of 16: within a panel first the 16 values of dimension 0, then those of dimension 1, and so on, so that one instruction works on
/// 16 rows and a distance needs no sum across lanes. It begins on a cache line. Lanes without a row are +∞: infinitely far from everything.
/// </summary>
internal sealed class RowPanels
{
    /// <summary>Rows of a panel: a cache line of floats.</summary>
    public const int Width = 16;

    private const int LineBytes = Width * sizeof(float);
    private readonly float[] values;
    private readonly int start;

    public RowPanels(int panels, int dimension)
    {
        long length = ((long)panels * Width * dimension) + Width;
        if (length > Array.MaxLength) throw new ArgumentException($"{(long)panels * Width} rows of {dimension} dimensions are more than one index can hold; split them.");
        Panels = panels;
        Dimension = dimension;
        values = GC.AllocateUninitializedArray<float>((int)length, pinned: true);
        start = (int)(LineBytes - (Address(values) % LineBytes)) % LineBytes / sizeof(float);
        values.AsSpan().Fill(float.PositiveInfinity);
    }

    public int Panels { get; }

    public int Dimension { get; }

    /// <summary>Floats of a panel.</summary>
    public int PanelLength => Width * Dimension;

    /// <summary>First value of a panel.</summary>
    public ref float Panel(int panel) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(values), start + ((nint)panel * PanelLength));

    /// <summary>Puts a row at a position, which counts through all lanes of all panels.</summary>
    public void Write(int position, ReadOnlySpan<float> row)
    {
        Span<float> lane = Lane(position);
        for (int i = 0; i < row.Length; i++) lane[i * Width] = row[i];
    }

    public void Read(int position, Span<float> row)
    {
        ReadOnlySpan<float> lane = Lane(position);
        for (int i = 0; i < Dimension; i++) row[i] = lane[i * Width];
    }

    /// <summary>Squared distance in double precision: what the answer holds, whatever rounding the scan had.</summary>
    public double SquaredDistance(ReadOnlySpan<float> query, int position)
    {
        ReadOnlySpan<float> lane = Lane(position);
        double sum = 0;
        for (int i = 0; i < query.Length; i++)
        {
            double difference = (double)query[i] - lane[i * Width];
            sum += difference * difference;
        }

        return sum;
    }

    /// <summary>All values as they lie in memory, for who measures how fast they can be read.</summary>
    public ReadOnlySpan<float> Span => values.AsSpan(start, Panels * PanelLength);

    private Span<float> Lane(int position)
    {
        int first = start + (position / Width * PanelLength) + (position % Width);
        return values.AsSpan(first, ((Dimension - 1) * Width) + 1);
    }

    /// <summary>The array is pinned, so its address stays.</summary>
    private static unsafe nuint Address(float[] pinned) => (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned));
}
