namespace Ecart.Client.Alerts;

/// <summary>What became of an action on several alerts.</summary>
/// <param name="Results">One result an alert, in their order.</param>
public sealed record AlertActionResults(IReadOnlyList<AlertActionResult> Results);
