using Ecart.Scoring;

namespace Ecart.Calibration;

/// <summary>How careful proposals are.</summary>
public sealed record CalibrationOptions
{
    /// <summary>Alerts of each kind, true and false, below which nothing is proposed. Default 30, 10 to 100,000.</summary>
    public int MinimumDecided { get; init; } = 30;

    /// <summary>Alerts with a detector's evidence below which it gets no weight of its own. Default 10, 2 to 100,000.</summary>
    public int MinimumEvidence { get; init; } = 10;

    /// <summary>Parts into which the alerts are cut to estimate on each what was learned from the others. Default 5, 2 to 20.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>Strength of the pull of weights towards 0, in alerts. Default 1, 1e-6 to 1,000.</summary>
    public double Ridge { get; init; } = 1;

    /// <summary>Share of the false alerts that a proposal drops at least, or it is not made. Default 0.05, 0 to 1.</summary>
    public double LeastGain { get; init; } = 0.05;

    /// <summary>
    /// Highest chance that a proposal asks for when its target is a recall: an alert that is more likely true than this stays, whatever the target permits. True
    /// alerts of an incident resemble each other, so that a few incidents decide what a recall permits. Default 0.25, 0.01 to 1.
    /// </summary>
    public double MostDemanded { get; init; } = 0.25;

    internal void Validate()
    {
        OptionsException.RequireRange(MinimumDecided, 10, 100_000, "minimum_decided");
        OptionsException.RequireRange(MinimumEvidence, 2, 100_000, "minimum_evidence");
        OptionsException.RequireRange(Folds, 2, 20, "folds");
        OptionsException.RequireRange(Ridge, 1e-6, 1000, "ridge");
        OptionsException.RequireRange(LeastGain, 0, 1, "least_gain");
        OptionsException.RequireRange(MostDemanded, 0.01, 1, "most_demanded");
    }
}
