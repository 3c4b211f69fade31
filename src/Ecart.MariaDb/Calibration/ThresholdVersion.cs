namespace Ecart.MariaDb.Calibration;

/// <summary>Thresholds that calibration put in force, with what they rest on.</summary>
/// <param name="Version">The configuration version that they made.</param>
/// <param name="Thresholds">The setting <c>severity</c>, JSON.</param>
/// <param name="Basis">What they rest on, JSON; <c>replaces</c> is the version that was in force before.</param>
/// <param name="IsActive">Whether they are in force.</param>
/// <param name="Reason">Why.</param>
/// <param name="CreatedBy">Who.</param>
/// <param name="CreatedAt">When, UTC.</param>
public sealed record ThresholdVersion(int Version, string Thresholds, string Basis, bool IsActive, string Reason, string CreatedBy, DateTime CreatedAt);
