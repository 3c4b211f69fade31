using Ecart.Scoring;

namespace Ecart.Detection.Batch.Isolation;

/// <summary>Settings of <see cref="IsolationForest"/>. The defaults are those of the paper.</summary>
public sealed record IsolationForestOptions
{
    /// <summary>Trees: more of them give steadier scores. Default 100, 1 to 10,000.</summary>
    public int Trees { get; init; } = 100;

    /// <summary>
    /// Rows that a tree is grown from, drawn without replacement; all when there are fewer. More of them see finer structure, but also hide what is rare among
    /// itself. Default 256, 2 to 8,192.
    /// </summary>
    public int Samples { get; init; } = 256;

    /// <summary>Threads for fitting and for scoring many rows; 0, the default, is one a processor. Up to 1,024. Never changes a score.</summary>
    public int Threads { get; init; }

    /// <summary>Seed of all that is random. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    internal void Validate(string path)
    {
        OptionsException.RequireRange(Trees, 1, 10_000, path + ".trees");
        OptionsException.RequireRange(Samples, 2, 8192, path + ".samples");
        OptionsException.RequireRange(Threads, 0, 1024, path + ".threads");
    }
}
