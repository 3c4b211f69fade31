using Ecart.Numerics;
using Ecart.Vectors;

namespace Ecart.Detection.Batch.Isolation;

/// <summary>
/// An isolation forest whose splits are random slopes through several dimensions, so that its scores have no ghosts along the axes of the data. Each dimension counts in units
/// of its standard deviation; one that was constant is never looked at. Score as <see cref="IsolationForest"/>.
/// </summary>
/// <remarks>
/// S. Hariri, M. Carrasco Kind, R. J. Brunner, Extended Isolation Forest, IEEE TKDE 2019. Memory: about 8 bytes × samples (as a power of two) × trees × split
/// dimensions, 3.5 MB by default.
/// </remarks>
public sealed class ExtendedIsolationForest : BatchDetector
{
    private readonly ExtendedIsolationForestOptions options;
    private SlopeTrees trees = SlopeTrees.None;

    /// <summary>Makes one with default options.</summary>
    public ExtendedIsolationForest()
        : this(new ExtendedIsolationForestOptions())
    {
    }

    /// <summary>Makes one.</summary>
    /// <exception cref="Ecart.Scoring.OptionsException">A setting is out of its range.</exception>
    public ExtendedIsolationForest(ExtendedIsolationForestOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate("extended_isolation_forest");
        this.options = options;
    }

    /// <inheritdoc/>
    public override string Kind => "extended_isolation_forest";

    /// <inheritdoc/>
    protected override double[] FitRows(Matrix rows, CancellationToken cancellation)
    {
        var random = new SeededRandom(options.Seed);
        int sample = Math.Min(options.Samples, rows.Rows);
        ColumnMoments moments = ColumnMoments.Of(rows, cancellation);
        int[] varying = [.. Enumerable.Range(0, rows.Columns).Where(column => moments.Deviations[column] > 0)];
        var grown = new SlopeTrees(options.Trees, sample, Math.Min(options.SplitDimensions, varying.Length), moments.Means);
        var seeds = new ulong[options.Trees];
        for (int tree = 0; tree < seeds.Length; tree++) seeds[tree] = random.NextBits();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = RowBlocks.Threads(options.Threads), CancellationToken = cancellation };
        Parallel.For(0, seeds.Length, parallel, tree => new SlopeTreeGrower(rows, moments, varying, grown, tree, new SeededRandom(seeds[tree])).Grow(sample));
        var scores = new double[rows.Rows];
        RowBlocks.Score(rows, scores, options.Threads, grown.Score, cancellation);
        trees = grown;
        return scores;
    }

    /// <inheritdoc/>
    protected override double ScoreVector(ReadOnlySpan<float> vector) => trees.Score(vector);

    /// <inheritdoc/>
    protected override void ScoreRows(Matrix rows, Span<double> scores, CancellationToken cancellation) =>
        RowBlocks.Score(rows, scores, options.Threads, trees.Score, cancellation);

    /// <summary>
    /// As for <see cref="IsolationForest"/>; what a split shortens the path by is divided among its dimensions by how far each moves the vector along the slope.
    /// </summary>
    protected override void ExplainVector(ReadOnlySpan<float> vector, Span<double> contributions) => trees.Explain(vector, contributions);

    internal override void WriteLearned(ArtefactWriter writer) => trees.Write(writer);

    internal override void ReadLearned(ref ArtefactReader reader, int dimension) => trees = SlopeTrees.Read(ref reader, dimension);
}
