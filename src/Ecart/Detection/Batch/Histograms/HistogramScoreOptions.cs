using Ecart.Scoring;

namespace Ecart.Detection.Batch.Histograms;

/// <summary>Settings of <see cref="HistogramScore"/>.</summary>
public sealed record HistogramScoreOptions
{
    /// <summary>Bins of equal width a dimension. Default 10, 2 to 1,000.</summary>
    public int Bins { get; init; } = 10;

    /// <summary>
    /// Rows that are added to every bin, so that an empty one is improbable, not impossible: the more, the less a single empty bin weighs beside many
    /// slightly improbable ones. Default 0.5, 0.001 to 1,000.
    /// </summary>
    public double Smoothing { get; init; } = 0.5;

    /// <summary>Threads for scoring many rows; 0, the default, is one a processor. Up to 1,024. Never changes a score.</summary>
    public int Threads { get; init; }

    internal void Validate(string path)
    {
        OptionsException.RequireRange(Bins, 2, HistogramTable.MostBins, path + ".bins");
        OptionsException.RequireRange(Smoothing, 0.001, 1000, path + ".smoothing");
        OptionsException.RequireRange(Threads, 0, 1024, path + ".threads");
    }
}
