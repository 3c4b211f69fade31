namespace Ecart.MariaDb.Alerts;

/// <summary>What became of an action on one alert, and how the alert stands now.</summary>
/// <param name="Id">The alert.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Domain">Domain of the alert; null when there is none.</param>
/// <param name="Status">Its status now; null when there is none.</param>
/// <param name="AssignedTo">Whose work it is now.</param>
/// <param name="Revision">Its revision now; 0 when there is none.</param>
public sealed record AlertActionResult(long Id, AlertActionOutcome Outcome, string? Domain, AlertStatus? Status, string? AssignedTo, int Revision);
