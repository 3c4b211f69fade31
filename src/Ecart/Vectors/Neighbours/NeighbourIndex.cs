using System.Buffers;

namespace Ecart.Vectors.Neighbours;

/// <summary>Finds the rows of a matrix that are nearest to a vector, by Euclidean distance. Immutable and thread-safe. The same rows give the same answers.</summary>
public abstract class NeighbourIndex
{
    /// <summary>Queries that share one pass over the rows: enough that reading them costs little, few enough to stay in the first cache.</summary>
    internal const int BlockLength = 64;

    private protected NeighbourIndex(int rows, int dimension)
    {
        Rows = rows;
        Dimension = dimension;
    }

    /// <summary>How many rows there are.</summary>
    public int Rows { get; }

    /// <summary>Length of a row.</summary>
    public int Dimension { get; }

    /// <summary>Finds the nearest rows of one vector, without allocation.</summary>
    /// <param name="query">A vector of <see cref="Dimension"/> finite values.</param>
    /// <param name="nearest">Receives as many as it has room for, nearest first, equally near ones by row.</param>
    /// <param name="skipRow">A row to leave out; −1 for none.</param>
    /// <returns>How many were found: fewer than there is room for only when there are no more rows.</returns>
    /// <exception cref="ArgumentException">Wrong length.</exception>
    public int Find(ReadOnlySpan<float> query, Span<Neighbour> nearest, int skipRow = -1)
    {
        if (query.Length != Dimension) throw new ArgumentException($"The query has {query.Length} dimensions; the rows have {Dimension}.", nameof(query));
        if (nearest.IsEmpty) return 0;
        Span<int> skips = [skipRow];
        FindBlock(query, 1, nearest.Length, nearest, skips);
        return Available(nearest.Length, isSkipping: skipRow >= 0 && skipRow < Rows);
    }

    /// <summary>Finds the nearest rows of many vectors at once, each as <see cref="Find"/> would, but faster.</summary>
    /// <param name="queries">Rows of <see cref="Dimension"/> finite values.</param>
    /// <param name="count">How many neighbours of each, 1 and more.</param>
    /// <param name="nearest">Room for <paramref name="count"/> neighbours of each query, one query after another.</param>
    /// <param name="threads">Threads to use; 0 for one a processor. The answer does not depend on it.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>How many were found of each; the places after them are unspecified.</returns>
    /// <exception cref="ArgumentException">Wrong length, or too little room.</exception>
    public int FindMany(Matrix queries, int count, Memory<Neighbour> nearest, int threads = 0, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(queries);
        return FindRange(queries, 0, queries.Rows, count, nearest, threads, cancellation);
    }

    /// <summary>The same for some of the queries, one after another.</summary>
    internal int FindRange(Matrix queries, int start, int length, int count, Memory<Neighbour> nearest, int threads, CancellationToken cancellation)
    {
        if (queries.Columns != Dimension) throw new ArgumentException($"The queries have {queries.Columns} dimensions; the rows have {Dimension}.", nameof(queries));
        RequireRoom(length, count, nearest.Length);
        ForBlocks(length, threads, (first, length) =>
        {
            Span<int> skips = stackalloc int[BlockLength];
            skips.Fill(-1);
            ReadOnlySpan<float> block = queries.Span.Slice((start + first) * Dimension, length * Dimension);
            FindBlock(block, length, count, nearest.Span.Slice(first * count, length * count), skips[..length]);
        }, cancellation);
        return Available(count, isSkipping: false);
    }

    /// <summary>Finds the nearest other rows of every row: itself is left out, an equal one is not.</summary>
    /// <returns>How many were found of each.</returns>
    /// <inheritdoc cref="FindMany"/>
    public int FindOthers(int count, Memory<Neighbour> nearest, int threads = 0, CancellationToken cancellation = default) =>
        FindOthers(0, Rows, count, nearest, threads, cancellation);

    /// <summary>The same for some of the rows, one after another.</summary>
    internal int FindOthers(int start, int length, int count, Memory<Neighbour> nearest, int threads, CancellationToken cancellation)
    {
        RequireRoom(length, count, nearest.Length);
        ForBlocks(length, threads, (first, length) =>
        {
            Span<int> skips = stackalloc int[BlockLength];
            float[] block = ArrayPool<float>.Shared.Rent(length * Dimension);
            for (int i = 0; i < length; i++)
            {
                skips[i] = start + first + i;
                CopyRow(start + first + i, block.AsSpan(i * Dimension, Dimension));
            }

            FindBlock(block.AsSpan(0, length * Dimension), length, count, nearest.Span.Slice(first * count, length * count), skips[..length]);
            ArrayPool<float>.Shared.Return(block);
        }, cancellation);
        return Available(count, isSkipping: true);
    }

    /// <summary>Copies one row.</summary>
    public abstract void CopyRow(int row, Span<float> destination);

    /// <summary>Finds the neighbours of at most <see cref="BlockLength"/> queries, sorted and complete.</summary>
    private protected abstract void FindBlock(ReadOnlySpan<float> queries, int queryCount, int count, Span<Neighbour> nearest, ReadOnlySpan<int> skips);

    /// <summary>Copies all rows.</summary>
    internal Matrix CopyRows()
    {
        var rows = new Matrix(Rows, Dimension);
        for (int row = 0; row < Rows; row++) CopyRow(row, rows.Row(row));
        return rows;
    }

    private int Available(int count, bool isSkipping) => Math.Min(count, isSkipping ? Rows - 1 : Rows);

    private static void RequireRoom(int queries, int count, int room)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (room < (long)queries * count) throw new ArgumentException($"{count} neighbours of {queries} queries need {(long)queries * count} places; there are {room}.");
    }

    private static void ForBlocks(int queries, int threads, Action<int, int> find, CancellationToken cancellation)
    {
        int blocks = (queries + BlockLength - 1) / BlockLength;
        if (threads <= 0) threads = Environment.ProcessorCount;
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        Parallel.For(0, blocks, options, block => find(block * BlockLength, Math.Min(BlockLength, queries - (block * BlockLength))));
    }
}
