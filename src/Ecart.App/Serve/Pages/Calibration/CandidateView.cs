using Ecart.App.Calibration;
using Ecart.Calibration;
using Ecart.Scoring;

namespace Ecart.App.Serve.Pages.Calibration;

/// <summary>What the page of a proposal, or of thresholds that somebody tries, shows.</summary>
/// <param name="State">The domain.</param>
/// <param name="Proposal">What was proposed; null for thresholds of a person's own.</param>
/// <param name="Severity">The thresholds; null where nothing is proposed.</param>
/// <param name="Test">What they would have done.</param>
internal sealed record CandidateView(CalibrationState State, CalibrationProposal? Proposal, SeverityOptions? Severity, BackTest? Test)
{
    private const int MostPoints = 300;

    /// <summary>The curve of the score; empty without a proposal.</summary>
    public IReadOnlyList<CurvePoint> ByScore { get; init; } = [];

    /// <summary>The curve of the chance that people confirm; empty without a proposal that learned one.</summary>
    public IReadOnlyList<CurvePoint> ByChance { get; init; } = [];

    /// <summary>The same with the curves of both measures.</summary>
    public CandidateView WithCurves() => this with { ByScore = Points(CalibrationForm.Threshold), ByChance = Points(CalibrationForm.Relevance) };

    private IReadOnlyList<CurvePoint> Points(CalibrationForm form) => CalibrationCurve.Of(new CalibrationProposer().Measure(State.Severity, State.Alerts, form)).Thin(MostPoints);
}
