using System.Buffers;
using Ecart.Vectors;
using Ecart.Vectors.Neighbours;

namespace Ecart.Detection.Batch.Neighbours;

/// <summary>What the methods share that judge a vector by the rows nearest to it. They keep a copy of the rows.</summary>
public abstract class NeighbourDetector : BatchDetector, INearestNormal
{
    /// <summary>Neighbours that a call keeps on the stack.</summary>
    private const int FewNeighbours = 64;

    /// <summary>Rows whose neighbours are held at a time, so that they take little memory however many rows there are.</summary>
    private protected const int PartRows = 8192;

    private NeighbourIndex? index;

    private protected NeighbourDetector(int neighbours, NeighbourSearchOptions search)
    {
        WantedNeighbours = neighbours;
        Search = search;
    }

    /// <summary>Share of the true neighbours that the search was measured to find; 1 where it is exact, 0 before <c>Fit</c>.</summary>
    public double MeasuredRecall => index switch
    {
        null => 0,
        ApproximateNeighbours approximate => approximate.MeasuredRecall,
        _ => 1,
    };

    private protected int WantedNeighbours { get; set; }

    private protected NeighbourSearchOptions Search { get; set; }

    /// <summary>Neighbours that a row has: as many as wanted, but never more than there are other rows.</summary>
    private protected int UsedNeighbours => Math.Max(1, Math.Min(WantedNeighbours, Index.Rows - 1));

    private protected NeighbourIndex Index => index ?? throw new InvalidOperationException($"{Kind}: not fitted; call Fit first.");

    /// <inheritdoc/>
    public int FindNearest(ReadOnlySpan<float> vector, Span<Neighbour> nearest)
    {
        Check(vector);
        return Index.Find(vector, nearest);
    }

    /// <inheritdoc/>
    public void CopyRow(int row, Span<float> destination) => Index.CopyRow(row, destination);

    private protected abstract double ScoreByNeighbours(ReadOnlySpan<Neighbour> nearest);

    private protected NeighbourIndex MakeIndex(Matrix rows, CancellationToken cancellation)
    {
        if (rows.Rows <= Search.ApproximateAbove) return new ExactNeighbours(rows);
        var options = new ApproximateNeighboursOptions
        {
            Recall = Search.Recall,
            Neighbours = Math.Clamp(WantedNeighbours, 10, 1000),
            Threads = Search.Threads,
            Seed = Search.Seed,
        };
        return ApproximateNeighbours.Build(rows, options, cancellation);
    }

    private protected void Use(NeighbourIndex made) => index = made;

    /// <inheritdoc/>
    protected override double ScoreVector(ReadOnlySpan<float> vector)
    {
        int wanted = UsedNeighbours;
        if (wanted <= FewNeighbours)
        {
            Span<Neighbour> few = stackalloc Neighbour[wanted];
            return ScoreByNeighbours(few[..Index.Find(vector, few)]);
        }

        Neighbour[] rented = ArrayPool<Neighbour>.Shared.Rent(wanted);
        double score = ScoreByNeighbours(rented.AsSpan(0, Index.Find(vector, rented.AsSpan(0, wanted))));
        ArrayPool<Neighbour>.Shared.Return(rented);
        return score;
    }

    /// <inheritdoc/>
    protected override void ScoreRows(Matrix rows, Span<double> scores, CancellationToken cancellation)
    {
        int wanted = UsedNeighbours;
        var nearest = new Neighbour[Math.Min(PartRows, rows.Rows) * wanted];
        for (int first = 0; first < rows.Rows; first += PartRows)
        {
            int length = Math.Min(PartRows, rows.Rows - first);
            int found = Index.FindRange(rows, first, length, wanted, nearest, Search.Threads, cancellation);
            for (int i = 0; i < length; i++) scores[first + i] = ScoreByNeighbours(nearest.AsSpan(i * wanted, found));
        }
    }

    /// <summary>By dimension, the squared difference to the mean of the neighbours.</summary>
    protected override void ExplainVector(ReadOnlySpan<float> vector, Span<double> contributions)
    {
        using var nearest = new Scratch<Neighbour>(UsedNeighbours);
        using var scratch = new Scratch<float>(vector.Length);
        Span<float> row = scratch.Span;
        int found = Index.Find(vector, nearest.Span);
        contributions.Clear();
        for (int i = 0; i < found; i++)
        {
            Index.CopyRow(nearest.Span[i].Row, row);
            for (int dimension = 0; dimension < row.Length; dimension++) contributions[dimension] += ((double)vector[dimension] - row[dimension]) / found;
        }

        for (int dimension = 0; dimension < row.Length; dimension++) contributions[dimension] *= contributions[dimension];
    }

    internal override void WriteLearned(ArtefactWriter writer)
    {
        writer.Int(WantedNeighbours);
        writer.Int(Search.ApproximateAbove);
        writer.Double(Search.Recall);
        writer.Long((long)Search.Seed);
        writer.Floats(Index.CopyRows().Span);
        writer.Int(Index is ApproximateNeighbours ? 1 : 0);
        if (Index is ApproximateNeighbours approximate) ApproximateNeighboursArtefact.Write(approximate, writer);
    }

    internal override void ReadLearned(ref ArtefactReader reader, int dimension)
    {
        WantedNeighbours = reader.Int(1, NeighbourLimits.Most);
        Search = new NeighbourSearchOptions { ApproximateAbove = reader.Int(0, int.MaxValue), Recall = reader.Double(), Seed = (ulong)reader.Long() };
        float[] values = reader.Floats();
        if (values.Length == 0 || values.Length % dimension != 0) throw Damaged($"{values.Length} values are no rows of {dimension}");
        if (Search.Recall is not (>= 0.5 and <= 1)) throw Damaged($"a recall of {Search.Recall}");
        var rows = new Matrix(values, values.Length / dimension, dimension);
        if (!rows.IsFinite()) throw Damaged("a row is not finite");
        index = reader.Int(0, 1) == 1 ? ApproximateNeighboursArtefact.Read(rows, ref reader) : new ExactNeighbours(rows);
    }

    private static ArtefactException Damaged(string what) => new($"The artefact is damaged: {what}. Restore it from a backup or train again.");
}
