using Ecart.Scoring;

namespace Ecart.Detection.Batch.Isolation;

/// <summary>Settings of <see cref="ExtendedIsolationForest"/>.</summary>
public sealed record ExtendedIsolationForestOptions
{
    /// <summary>Trees: more of them give steadier scores. Default 100, 1 to 10,000.</summary>
    public int Trees { get; init; } = 100;

    /// <summary>Rows that a tree is grown from, drawn without replacement; all when there are fewer. Default 256, 2 to 4,096.</summary>
    public int Samples { get; init; } = 256;

    /// <summary>
    /// Dimensions that a split combines, drawn anew for each: the paper's extension level plus 1. As many as there are is fully extended; memory and time grow with it.
    /// Default 16, 1 to 256.
    /// </summary>
    public int SplitDimensions { get; init; } = 16;

    /// <summary>Threads for fitting and for scoring many rows; 0, the default, is one a processor. Up to 1,024. Never changes a score.</summary>
    public int Threads { get; init; }

    /// <summary>Seed of all that is random. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    internal void Validate(string path)
    {
        OptionsException.RequireRange(Trees, 1, 10_000, path + ".trees");
        OptionsException.RequireRange(Samples, 2, 4096, path + ".samples");
        OptionsException.RequireRange(SplitDimensions, 1, 256, path + ".split_dimensions");
        OptionsException.RequireRange(Threads, 0, 1024, path + ".threads");
    }
}
