using Ecart.Vectors;
using Ecart.Vectors.Neighbours;

namespace Ecart.Detection.Batch.Neighbours;

/// <summary>
/// Distance to the k-th nearest row, or the mean distance to the k nearest: far from everything normal is strange. The score is a Euclidean distance in
/// the units of the rows, so columns should be on one scale. A row that it was fitted to does not count itself among its neighbours; a single row scores 0.
/// </summary>
/// <remarks>
/// S. Ramaswamy, R. Rastogi, K. Shim, Efficient algorithms for mining outliers from large data sets, SIGMOD 2000; F. Angiulli, C. Pizzuti, Fast outlier
/// detection in high dimensional spaces, PKDD 2002 (mean).
/// </remarks>
public sealed class NearestNeighbourDetector : NeighbourDetector
{
    private NeighbourAggregation aggregation;

    /// <summary>Makes one that is not yet fitted.</summary>
    /// <exception cref="Scoring.OptionsException">An option is out of range.</exception>
    public NearestNeighbourDetector(NearestNeighbourDetectorOptions? options = null)
        : base((options ??= new()).Neighbours, options.Search)
    {
        options.Validate();
        aggregation = options.Aggregation;
    }

    /// <inheritdoc/>
    public override string Kind => "knn";

    /// <inheritdoc/>
    protected override double[] FitRows(Matrix rows, CancellationToken cancellation)
    {
        NeighbourIndex made = MakeIndex(rows, cancellation);
        var scores = new double[rows.Rows];
        int wanted = Math.Min(WantedNeighbours, rows.Rows - 1);
        var nearest = new Neighbour[Math.Min(PartRows, rows.Rows) * wanted];
        for (int first = 0; first < rows.Rows && wanted > 0; first += PartRows)
        {
            int length = Math.Min(PartRows, rows.Rows - first);
            made.FindOthers(first, length, wanted, nearest, Search.Threads, cancellation);
            for (int i = 0; i < length; i++) scores[first + i] = ScoreByNeighbours(nearest.AsSpan(i * wanted, wanted));
        }

        Use(made);
        return scores;
    }

    private protected override double ScoreByNeighbours(ReadOnlySpan<Neighbour> nearest)
    {
        if (aggregation == NeighbourAggregation.Largest) return nearest[^1].Distance;
        double sum = 0;
        foreach (Neighbour neighbour in nearest) sum += neighbour.Distance;
        return sum / nearest.Length;
    }

    internal override void WriteLearned(ArtefactWriter writer)
    {
        writer.Int((int)aggregation);
        base.WriteLearned(writer);
    }

    internal override void ReadLearned(ref ArtefactReader reader, int dimension)
    {
        aggregation = (NeighbourAggregation)reader.Int(0, (int)NeighbourAggregation.Mean);
        base.ReadLearned(ref reader, dimension);
    }
}
