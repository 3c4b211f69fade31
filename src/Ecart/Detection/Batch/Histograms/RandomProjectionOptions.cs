using Ecart.Scoring;

namespace Ecart.Detection.Batch.Histograms;

/// <summary>Settings of <see cref="RandomProjectionScore"/>.</summary>
public sealed record RandomProjectionOptions
{
    /// <summary>Random projections, each with a histogram. Default 100, 2 to 10,000.</summary>
    public int Projections { get; init; } = 100;

    /// <summary>Bins of a histogram; 0, the default, is twice the cube root of the number of rows, 5 to 100 of them. Up to 1,000.</summary>
    public int Bins { get; init; }

    /// <summary>Rows that are added to every bin, so that an empty one is improbable, not impossible. Default 0.5, 0.001 to 1,000.</summary>
    public double Smoothing { get; init; } = 0.5;

    /// <summary>Threads for scoring many rows; 0, the default, is one a processor. Up to 1,024. Never changes a score.</summary>
    public int Threads { get; init; }

    /// <summary>Seed of the projections. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    internal void Validate(string path)
    {
        OptionsException.RequireRange(Projections, 2, 10_000, path + ".projections");
        OptionsException.Require(Bins is 0 or (>= 2 and <= HistogramTable.MostBins), path + ".bins", Bins, $"0 or between 2 and {HistogramTable.MostBins}");
        OptionsException.RequireRange(Smoothing, 0.001, 1000, path + ".smoothing");
        OptionsException.RequireRange(Threads, 0, 1024, path + ".threads");
    }
}
