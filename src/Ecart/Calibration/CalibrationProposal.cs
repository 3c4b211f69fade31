using Ecart.Scoring;

namespace Ecart.Calibration;

/// <summary>What calibration proposes, or why it proposes nothing. Immutable.</summary>
/// <param name="Severity">The thresholds that it proposes; null for none.</param>
/// <param name="Refusal">Why it proposes nothing; null when it does.</param>
/// <param name="Target">What it was to reach.</param>
/// <param name="Basis">What it rests on.</param>
public sealed record CalibrationProposal(SeverityOptions? Severity, CalibrationRefusal? Refusal, CalibrationTarget Target, CalibrationBasis Basis);
