using Ecart.App.Domains;
using Ecart.Calibration;
using Ecart.Scoring;

namespace Ecart.App.Calibration;

/// <summary>A domain's thresholds in force and its alerts of the last days.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="Version">The configuration in force.</param>
/// <param name="Settings">Its settings.</param>
/// <param name="Severity">The thresholds among them.</param>
/// <param name="From">First day looked at.</param>
/// <param name="Days">Days looked at.</param>
/// <param name="Alerts">The alerts.</param>
internal sealed record CalibrationState(
    IServedDomain Domain, int Version, IDomainSettings Settings, SeverityOptions Severity, DateTime From, int Days, IReadOnlyList<CalibrationEvent> Alerts);
