using Ecart.Scoring;

namespace Ecart.Detection.Batch.Neighbours;

/// <summary>How a detector searches its neighbours.</summary>
public sealed record NeighbourSearchOptions
{
    /// <summary>Above this many rows the search is approximate, of measured recall. Default 100,000; 0 and more.</summary>
    public int ApproximateAbove { get; init; } = 100_000;

    /// <summary>Share of the true neighbours that the approximate search must find, measured on the rows themselves. Default 0.97; 0.5 to 1.</summary>
    public double Recall { get; init; } = 0.97;

    /// <summary>Threads in bulk work; the scores do not depend on it. Default 0: one a processor. Not saved with a detector.</summary>
    public int Threads { get; init; }

    /// <summary>Seed of the approximate index. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    internal void Validate(string path)
    {
        OptionsException.RequireRange(ApproximateAbove, 0, int.MaxValue, path + ".approximate_above");
        OptionsException.RequireRange(Recall, 0.5, 1, path + ".recall");
        OptionsException.RequireRange(Threads, 0, 1024, path + ".threads");
    }
}
