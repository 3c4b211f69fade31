using System.Buffers;
using Ecart.Numerics;

namespace Ecart.Vectors.Neighbours;

/// <summary>
/// Approximate search: the rows lie in lists around centroids, and a search reads only the lists nearest to the query. How many those are is chosen when it
/// is built, by measuring the recall on a sample of the rows, and measured again on another sample. On data without structure that becomes a larger part of
/// the lists, up to all: slower, never worse. What it finds has exact distances.
/// </summary>
/// <remarks>H. Jégou, M. Douze, C. Schmid, Product quantization for nearest neighbor search, PAMI 2011 (its inverted file, without the quantisation).</remarks>
public sealed class ApproximateNeighbours : NeighbourIndex
{
    private const int SampleQueries = 512;
    private const int FewLists = 128;
    private readonly Matrix centroids;
    private readonly ExactNeighbours centroidSearch;
    private readonly InvertedLists lists;

    private ApproximateNeighbours(Matrix rows, Matrix centroids, int[] listOfRow)
        : base(rows.Rows, rows.Columns)
    {
        this.centroids = centroids;
        ListOfRow = listOfRow;
        centroidSearch = new ExactNeighbours(centroids);
        lists = new InvertedLists(rows, centroids, listOfRow);
        Probes = centroids.Rows;
        MeasuredRecall = 1;
    }

    /// <summary>Share of the true nearest rows that searches found for a sample of the rows that was not used to choose <see cref="Probes"/>.</summary>
    public double MeasuredRecall { get; private set; }

    /// <summary>Lists that a search reads.</summary>
    public int Probes { get; private set; }

    /// <summary>Lists that there are.</summary>
    public int Lists => centroids.Rows;

    internal Matrix Centroids => centroids;

    internal int[] ListOfRow { get; }

    /// <summary>Builds an index. The same rows and options give the same one, whatever the threads.</summary>
    /// <param name="rows">Finite values; at least one row. They are copied.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="Scoring.OptionsException">An option is out of range.</exception>
    public static ApproximateNeighbours Build(Matrix rows, ApproximateNeighboursOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.Rows, 1);
        options ??= new ApproximateNeighboursOptions();
        options.Validate();
        var random = new SeededRandom(options.Seed);
        int count = options.Lists > 0 ? options.Lists : Math.Min(65_536, (int)(2 * Math.Sqrt(rows.Rows)));
        Matrix centroids = KMeans.Train(rows, Math.Min(count, rows.Rows), random, options.Threads, cancellation);
        var index = new ApproximateNeighbours(rows, centroids, KMeans.Assign(rows, centroids, options.Threads, cancellation));
        index.ChooseProbes(rows, options, random, cancellation);
        return index;
    }

    internal static ApproximateNeighbours Restore(Matrix rows, Matrix centroids, int[] listOfRow, int probes, double measuredRecall) =>
        new(rows, centroids, listOfRow) { Probes = probes, MeasuredRecall = measuredRecall };

    /// <inheritdoc/>
    public override void CopyRow(int row, Span<float> destination)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Rows, nameof(row));
        lists.Panels.Read(lists.PositionOf(row), destination);
    }

    private protected override void FindBlock(ReadOnlySpan<float> queries, int queryCount, int count, Span<Neighbour> nearest, ReadOnlySpan<int> skips)
    {
        for (int query = 0; query < queryCount; query++)
        {
            ReadOnlySpan<float> vector = queries.Slice(query * Dimension, Dimension);
            int skip = skips[query] >= 0 && skips[query] < Rows ? lists.PositionOf(skips[query]) : -1;
            Span<Neighbour> places = nearest.Slice(query * count, Math.Min(count, skip < 0 ? Rows : Rows - 1));
            if (places.IsEmpty) continue;
            int found = Search(vector, Probes, skip, places);
            if (found < places.Length && Probes < Lists) found = Search(vector, Lists, skip, places);
            if (found < places.Length) FindPlainly(vector, skip, places);
        }
    }

    private int Search(ReadOnlySpan<float> vector, int probes, int skip, Span<Neighbour> places)
    {
        Neighbour[]? rented = probes > FewLists ? ArrayPool<Neighbour>.Shared.Rent(probes) : null;
        Span<Neighbour> order = rented is null ? stackalloc Neighbour[FewLists] : rented;
        order = order[..probes];
        centroidSearch.Find(vector, order);
        Span<float> limit = stackalloc float[1];
        Span<int> found = stackalloc int[1];
        Span<int> skips = [skip];
        var block = new NearestBlock(places, places.Length, limit, found, skips);
        foreach (Neighbour centroid in order)
        {
            if (lists.IsBeyond(centroid.Row, centroid.Distance, limit[0])) continue;
            PanelScan.Scan(lists.Panels, lists.FirstPanel(centroid.Row), lists.EndPanel(centroid.Row), vector, 1, block);
        }

        if (rented is not null) ArrayPool<Neighbour>.Shared.Return(rented);
        for (int i = 0; i < found[0]; i++)
        {
            int position = places[i].Row;
            NeighbourOrder.Insert(places, i, new Neighbour(lists.RowAt(position), lists.Panels.SquaredDistance(vector, position)));
        }

        return found[0];
    }

    /// <summary>Where squares overflow single precision, for values beyond 1e18: slowly in double, over all rows.</summary>
    private void FindPlainly(ReadOnlySpan<float> vector, int skip, Span<Neighbour> places)
    {
        int count = 0;
        for (int row = 0; row < Rows; row++)
        {
            if (lists.PositionOf(row) == skip) continue;
            var neighbour = new Neighbour(row, lists.Panels.SquaredDistance(vector, lists.PositionOf(row)));
            if (count < places.Length) NeighbourOrder.Insert(places, count++, neighbour);
            else if (NeighbourOrder.IsBefore(neighbour, places[^1])) NeighbourOrder.Insert(places, count - 1, neighbour);
        }
    }

    /// <summary>Of a sample of rows, finds after how many lists each true neighbour turns up; half of the sample chooses, half measures.</summary>
    private void ChooseProbes(Matrix rows, ApproximateNeighboursOptions options, SeededRandom random, CancellationToken cancellation)
    {
        int[] sample = KMeans.Choose(Rows, Math.Min(SampleQueries, Rows), random);
        int neighbours = Math.Min(options.Neighbours, Rows - 1);
        if (sample.Length < 2 || neighbours == 0) return;
        var turns = new int[sample.Length * neighbours];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads > 0 ? options.Threads : Environment.ProcessorCount, CancellationToken = cancellation };
        Parallel.For(0, sample.Length, parallel, i => FindTurns(rows.Row(sample[i]), lists.PositionOf(sample[i]), turns.AsSpan(i * neighbours, neighbours)));
        int half = sample.Length / 2 * neighbours;
        int[] choosing = turns[..half];
        Array.Sort(choosing);
        Probes = choosing[Math.Min(half - 1, (int)Math.Ceiling(options.Recall * half))] + 1;
        MeasuredRecall = turns.AsSpan(half).ToArray().Average(turn => turn < Probes ? 1.0 : 0.0);
    }

    private void FindTurns(ReadOnlySpan<float> vector, int position, Span<int> turns)
    {
        var truth = new Neighbour[turns.Length];
        Search(vector, Lists, position, truth);
        var order = new Neighbour[Lists];
        centroidSearch.Find(vector, order);
        var turnOfList = new int[Lists];
        for (int turn = 0; turn < order.Length; turn++) turnOfList[order[turn].Row] = turn;
        for (int i = 0; i < turns.Length; i++) turns[i] = turnOfList[ListOfRow[truth[i].Row]];
    }
}
