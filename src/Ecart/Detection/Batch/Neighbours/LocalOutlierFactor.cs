using Ecart.Vectors;
using Ecart.Vectors.Neighbours;

namespace Ecart.Detection.Batch.Neighbours;

/// <summary>
/// Local outlier factor: how much less dense the surroundings of a vector are than those of its neighbours. About 1 is typical, 2 is half as dense. A
/// density is 1/(mean reachability distance + 1e-10), so that rows on top of each other have a finite one. A new vector is judged against the rows of
/// <c>Fit</c> only and does not change their densities. A single row says nothing of density: then everything scores 1.
/// </summary>
/// <remarks>M. Breunig, H.-P. Kriegel, R. Ng, J. Sander, LOF: identifying density-based local outliers, SIGMOD 2000.</remarks>
public sealed class LocalOutlierFactor : NeighbourDetector
{
    private const double LeastMeanReach = 1e-10;

    /// <summary>Of each row the distance to its k-th neighbour.</summary>
    private double[] coreDistances = [];

    /// <summary>Of each row its local reachability density.</summary>
    private double[] densities = [];

    /// <summary>Makes one that is not yet fitted.</summary>
    /// <exception cref="Scoring.OptionsException">An option is out of range.</exception>
    public LocalOutlierFactor(LocalOutlierFactorOptions? options = null)
        : base((options ??= new()).Neighbours, options.Search) => options.Validate();

    /// <inheritdoc/>
    public override string Kind => "lof";

    /// <inheritdoc/>
    protected override double[] FitRows(Matrix rows, CancellationToken cancellation)
    {
        NeighbourIndex made = MakeIndex(rows, cancellation);
        if (rows.Rows == 1)
        {
            Use(made);
            coreDistances = [0];
            densities = [1];
            return [1];
        }

        int wanted = Math.Min(WantedNeighbours, rows.Rows - 1);
        var nearest = new Neighbour[rows.Rows * wanted];
        made.FindOthers(wanted, nearest, Search.Threads, cancellation);
        var core = new double[rows.Rows];
        for (int row = 0; row < rows.Rows; row++) core[row] = nearest[((row + 1) * wanted) - 1].Distance;
        var density = new double[rows.Rows];
        for (int row = 0; row < rows.Rows; row++) density[row] = Density(nearest.AsSpan(row * wanted, wanted), core);
        var scores = new double[rows.Rows];
        for (int row = 0; row < rows.Rows; row++) scores[row] = Factor(nearest.AsSpan(row * wanted, wanted), density[row], density);
        Use(made);
        coreDistances = core;
        densities = density;
        return scores;
    }

    private protected override double ScoreByNeighbours(ReadOnlySpan<Neighbour> nearest) =>
        densities.Length == 1 ? 1 : Factor(nearest, Density(nearest, coreDistances), densities);

    private static double Density(ReadOnlySpan<Neighbour> nearest, double[] coreDistances)
    {
        double sum = 0;
        foreach (Neighbour neighbour in nearest) sum += Math.Max(neighbour.Distance, coreDistances[neighbour.Row]);
        return 1 / ((sum / nearest.Length) + LeastMeanReach);
    }

    private static double Factor(ReadOnlySpan<Neighbour> nearest, double density, double[] densities)
    {
        double sum = 0;
        foreach (Neighbour neighbour in nearest) sum += densities[neighbour.Row];
        return sum / nearest.Length / density;
    }

    internal override void WriteLearned(ArtefactWriter writer)
    {
        base.WriteLearned(writer);
        writer.Doubles(coreDistances);
        writer.Doubles(densities);
    }

    internal override void ReadLearned(ref ArtefactReader reader, int dimension)
    {
        base.ReadLearned(ref reader, dimension);
        coreDistances = RequireFinite(reader.Doubles(Index.Rows), 0);
        densities = RequireFinite(reader.Doubles(Index.Rows), double.Epsilon);
    }

    private static double[] RequireFinite(double[] values, double least) => Array.TrueForAll(values, value => value >= least && double.IsFinite(value))
        ? values
        : throw new ArtefactException("The artefact is damaged: a density is not finite. Restore it from a backup or train again.");
}
