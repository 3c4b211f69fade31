using Ecart.Scoring;

namespace Ecart.Learning;

/// <summary>How trees learn from verdicts. The defaults are cautious: shallow trees of many rows a leaf, since fraud is rare.</summary>
public sealed record VerdictTrainingOptions
{
    /// <summary>Trees. Default 100, 1 to 5,000.</summary>
    public int Trees { get; init; } = 100;

    /// <summary>Leaves of a tree. Default 8, 2 to 1,000.</summary>
    public int Leaves { get; init; } = 8;

    /// <summary>Rows that a leaf rests on, at least. Default 200, 1 to 100,000.</summary>
    public int RowsPerLeaf { get; init; } = 200;

    /// <summary>How far each tree goes. Default 0.1, 0.001 to 1.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>Share of the features that each tree may use, chosen at random. Default 1, 0.01 to 1.</summary>
    public double FeatureShare { get; init; } = 1;

    /// <summary>Share of the rows that each tree learns from, chosen at random. Default 1, 0.01 to 1.</summary>
    public double RowShare { get; init; } = 1;

    /// <summary>Frauds below which nothing can be learned. Default 30, 10 to 100,000.</summary>
    public int MinimumFrauds { get; init; } = 30;

    /// <summary>Seed of the trees. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Threads. Default 2, 1 to 256; the trees do not depend on it.</summary>
    public int Threads { get; init; } = 2;

    internal void Validate()
    {
        OptionsException.RequireRange(Trees, 1, 5000, "trees");
        OptionsException.RequireRange(Leaves, 2, 1000, "leaves");
        OptionsException.RequireRange(RowsPerLeaf, 1, 100_000, "rows_per_leaf");
        OptionsException.RequireRange(LearningRate, 0.001, 1, "learning_rate");
        OptionsException.RequireRange(FeatureShare, 0.01, 1, "feature_share");
        OptionsException.RequireRange(RowShare, 0.01, 1, "row_share");
        OptionsException.RequireRange(MinimumFrauds, 10, 100_000, "minimum_frauds");
        OptionsException.RequireRange(Threads, 1, 256, "threads");
    }
}
