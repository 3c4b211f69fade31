using Ecart.Vectors.Neighbours;

namespace Ecart.Detection.Batch.Clusters;

/// <summary>
/// Distance to the nearest of clusters found by HDBSCAN, which may be of different densities; how many there are need not be known. See
/// <see cref="ClusterDetector"/> for the score.
/// </summary>
/// <remarks>
/// R. Campello, D. Moulavi, J. Sander, Density-based clustering based on hierarchical density estimates, PAKDD 2013; clusters are chosen by excess of mass.
/// </remarks>
public sealed class HdbscanDetector : ClusterDetector
{
    private const int FewestRows = 5;
    private const int RowsPerClusterRow = 100;
    private int minimumClusterRows;
    private int minimumSamples;

    /// <summary>Makes one that is not yet fitted.</summary>
    /// <exception cref="Scoring.OptionsException">An option is out of range.</exception>
    public HdbscanDetector(HdbscanOptions? options = null)
        : base((options ??= new()).Shape)
    {
        options.Validate();
        minimumClusterRows = options.MinimumClusterRows;
        minimumSamples = options.MinimumSamples;
    }

    /// <inheritdoc/>
    public override string Kind => "hdbscan";

    private protected override int[] Label(ExactNeighbours rows, CancellationToken cancellation)
    {
        int least = minimumClusterRows > 0 ? minimumClusterRows : Math.Max(FewestRows, rows.Rows / RowsPerClusterRow);
        return MutualReachability.SpanningTree(rows, minimumSamples, Threads, cancellation).Condense(least).Label();
    }

    internal override void WriteLearned(ArtefactWriter writer)
    {
        base.WriteLearned(writer);
        writer.Int(minimumClusterRows);
        writer.Int(minimumSamples);
    }

    internal override void ReadLearned(ref ArtefactReader reader, int dimension)
    {
        base.ReadLearned(ref reader, dimension);
        minimumClusterRows = reader.Int(0, 100_000);
        minimumSamples = reader.Int(1, 1000);
    }
}
