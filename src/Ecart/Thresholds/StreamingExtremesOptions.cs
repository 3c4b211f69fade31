using Ecart.Scoring;

namespace Ecart.Thresholds;

/// <summary>How a streaming threshold learns.</summary>
public sealed record StreamingExtremesOptions
{
    /// <summary>Rate of false alarms above whose threshold a score is taken for an anomaly and not learned, 1e-9 to 0.1. Default 1e-4.</summary>
    public double Risk { get; init; } = 1e-4;

    /// <summary>Share of the first scores that count as tail, 0.005 to 0.5. Default 0.02.</summary>
    public double TailShare { get; init; } = 0.02;

    /// <summary>
    /// How many peaks are held at most, 20 to 100,000. Default 1,000. When there are more, the tail begins at their median and the lower half is
    /// forgotten: excesses over a higher score are of the same distribution.
    /// </summary>
    public int MaximumPeaks { get; init; } = 1_000;

    /// <summary>Least and greatest shape of the tail, as in <see cref="ExtremeValueOptions"/>.</summary>
    public double LeastShape { get; init; }

    /// <inheritdoc cref="ExtremeValueOptions.GreatestShape"/>
    public double GreatestShape { get; init; } = 1;

    internal void Validate()
    {
        OptionsException.RequireRange(Risk, 1e-9, 0.1, "risk");
        OptionsException.RequireRange(TailShare, 0.005, 0.5, "tail_share");
        OptionsException.Require(Risk < TailShare, "risk", Risk, "below tail_share");
        OptionsException.RequireRange(MaximumPeaks, 20, 100_000, "maximum_peaks");
        OptionsException.RequireRange(LeastShape, -1, 0, "least_shape");
        OptionsException.RequireRange(GreatestShape, 0, 2, "greatest_shape");
    }
}
