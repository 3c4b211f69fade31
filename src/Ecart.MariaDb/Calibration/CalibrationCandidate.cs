namespace Ecart.MariaDb.Calibration;

/// <summary>Thresholds that run beside the live ones and decide nothing.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Domain">The domain.</param>
/// <param name="BaseVersion">The configuration beside which it began.</param>
/// <param name="Severity">Its thresholds, as the setting <c>severity</c>, JSON.</param>
/// <param name="Positions">Last log entries, by lane, when it began.</param>
/// <param name="Reason">Why.</param>
/// <param name="CreatedBy">Who.</param>
/// <param name="CreatedAt">When, UTC.</param>
public sealed record CalibrationCandidate(
    long Id, string Domain, int BaseVersion, string Severity, IReadOnlyDictionary<int, long> Positions, string Reason, string CreatedBy, DateTime CreatedAt);
