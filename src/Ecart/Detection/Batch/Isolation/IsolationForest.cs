using Ecart.Numerics;
using Ecart.Vectors;

namespace Ecart.Detection.Batch.Isolation;

/// <summary>
/// Random splits of single dimensions isolate what is far out and rare sooner than what is ordinary. Needs no scaling of the dimensions, and its cost does not
/// grow with them. Score: 2^(−mean path / expected path), 0 to 1; 0.5 and below is ordinary. Rows that are all alike teach it nothing: then every
/// vector scores 0.5.
/// </summary>
/// <remarks>
/// F. T. Liu, K. M. Ting, Z.-H. Zhou, Isolation Forest, ICDM 2008. As any forest it cannot leave a row out of what it learned, so the training scores are those
/// of rows that some trees know. Memory: 12 bytes × 2 × samples (as a power of two) × trees, 600 kB by default.
/// </remarks>
public sealed class IsolationForest : BatchDetector
{
    private readonly IsolationForestOptions options;
    private IsolationTrees trees = IsolationTrees.None;

    /// <summary>Makes one with default options.</summary>
    public IsolationForest()
        : this(new IsolationForestOptions())
    {
    }

    /// <summary>Makes one.</summary>
    /// <exception cref="Ecart.Scoring.OptionsException">A setting is out of its range.</exception>
    public IsolationForest(IsolationForestOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate("isolation_forest");
        this.options = options;
    }

    /// <inheritdoc/>
    public override string Kind => "isolation_forest";

    /// <inheritdoc/>
    protected override double[] FitRows(Matrix rows, CancellationToken cancellation)
    {
        var random = new SeededRandom(options.Seed);
        int sample = Math.Min(options.Samples, rows.Rows);
        var grown = new IsolationTrees(options.Trees, sample);
        var seeds = new ulong[options.Trees];
        for (int tree = 0; tree < seeds.Length; tree++) seeds[tree] = random.NextBits();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = RowBlocks.Threads(options.Threads), CancellationToken = cancellation };
        Parallel.For(0, seeds.Length, parallel, () => new IsolationTreeGrower(rows, sample), (tree, _, grower) =>
        {
            grower.Grow(grown, tree, new SeededRandom(seeds[tree]));
            return grower;
        }, _ => { });
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

    /// <summary>Each dimension's part in making the path shorter than that of the rows that reached the same splits; what makes it longer counts as 0.</summary>
    protected override void ExplainVector(ReadOnlySpan<float> vector, Span<double> contributions) => trees.Explain(vector, contributions);

    internal override void WriteLearned(ArtefactWriter writer) => trees.Write(writer);

    internal override void ReadLearned(ref ArtefactReader reader, int dimension) => trees = IsolationTrees.Read(ref reader, dimension);
}
