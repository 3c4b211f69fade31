using Ecart.Scoring;

namespace Ecart.Calibration;

/// <summary>An event of which other thresholds say something else.</summary>
/// <param name="Event">The event.</param>
/// <param name="Before">Its severity as an alert by the thresholds in force; none where it is no alert.</param>
/// <param name="After">Its severity as an alert by the others; none where it is no alert.</param>
public sealed record BackTestChange(CalibrationEvent Event, Severity Before, Severity After);
