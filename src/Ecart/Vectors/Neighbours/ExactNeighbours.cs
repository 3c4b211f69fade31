namespace Ecart.Vectors.Neighbours;

/// <summary>
/// Exact search: every row is looked at, 16 in one instruction, as fast as memory gives them; queries in bulk share each reading. Takes 4 bytes a
/// value. Selection is in single precision, the distances of those found are in double.
/// </summary>
public sealed class ExactNeighbours : NeighbourIndex
{
    /// <summary>Bytes of panels that stay in a core's second cache while a block of queries passes.</summary>
    private const int ChunkBytes = 1 << 18;

    private readonly RowPanels panels;
    private readonly int chunkPanels;

    /// <summary>Copies the rows into the order that the scan wants.</summary>
    /// <param name="rows">Finite values; at least one row.</param>
    public ExactNeighbours(Matrix rows)
        : base((rows ?? throw new ArgumentNullException(nameof(rows))).Rows, rows.Columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.Rows, 1);
        panels = new RowPanels((rows.Rows + RowPanels.Width - 1) / RowPanels.Width, rows.Columns);
        for (int row = 0; row < rows.Rows; row++) panels.Write(row, rows.Row(row));
        chunkPanels = Math.Max(1, ChunkBytes / (panels.PanelLength * sizeof(float)));
    }

    internal RowPanels Panels => panels;

    /// <inheritdoc/>
    public override void CopyRow(int row, Span<float> destination)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Rows, nameof(row));
        panels.Read(row, destination);
    }

    private protected override void FindBlock(ReadOnlySpan<float> queries, int queryCount, int count, Span<Neighbour> nearest, ReadOnlySpan<int> skips)
    {
        Span<float> limits = stackalloc float[queryCount];
        Span<int> counts = stackalloc int[queryCount];
        var block = new NearestBlock(nearest, count, limits, counts, skips);
        int step = queryCount == 1 ? panels.Panels : chunkPanels;
        for (int from = 0; from < panels.Panels; from += step) PanelScan.Scan(panels, from, Math.Min(panels.Panels, from + step), queries, queryCount, block);
        for (int query = 0; query < queryCount; query++)
        {
            ReadOnlySpan<float> vector = queries.Slice(query * Dimension, Dimension);
            Span<Neighbour> found = block.Of(query);
            int available = Math.Min(count, skips[query] >= 0 && skips[query] < Rows ? Rows - 1 : Rows);
            if (found.Length == available) Refine(vector, found);
            else FindPlainly(vector, nearest.Slice(query * count, available), skips[query]);
        }
    }

    /// <summary>Puts the distances in double precision and orders by them.</summary>
    private void Refine(ReadOnlySpan<float> vector, Span<Neighbour> found)
    {
        for (int i = 0; i < found.Length; i++)
        {
            var neighbour = new Neighbour(found[i].Row, panels.SquaredDistance(vector, found[i].Row));
            NeighbourOrder.Insert(found, i, neighbour);
        }
    }

    /// <summary>Where squares overflow single precision, for values beyond 1e18: slowly in double.</summary>
    private void FindPlainly(ReadOnlySpan<float> vector, Span<Neighbour> nearest, int skip)
    {
        int count = 0;
        for (int row = 0; row < Rows; row++)
        {
            if (row == skip) continue;
            var neighbour = new Neighbour(row, panels.SquaredDistance(vector, row));
            if (count < nearest.Length) NeighbourOrder.Insert(nearest, count++, neighbour);
            else if (NeighbourOrder.IsBefore(neighbour, nearest[^1])) NeighbourOrder.Insert(nearest, count - 1, neighbour);
        }
    }
}
