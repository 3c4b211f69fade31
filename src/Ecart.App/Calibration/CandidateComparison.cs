using Ecart.Calibration;
using Ecart.MariaDb.Calibration;
using Ecart.Scoring;

namespace Ecart.App.Calibration;

/// <summary>A candidate in shadow, and what it would have made of the events that came since it began.</summary>
/// <param name="Candidate">The candidate.</param>
/// <param name="Severity">Its thresholds.</param>
/// <param name="Result">What it would have done beside the thresholds in force.</param>
internal sealed record CandidateComparison(CalibrationCandidate Candidate, SeverityOptions Severity, BackTest Result);
