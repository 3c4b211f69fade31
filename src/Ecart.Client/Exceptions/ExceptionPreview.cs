using System.Text.Json;

namespace Ecart.Client.Exceptions;

/// <summary>What an exception would have silenced.</summary>
/// <param name="Days">Of how many days.</param>
/// <param name="Alerts">Alerts that it would have silenced.</param>
/// <param name="ConfirmedFrauds">Of them, those that were confirmed.</param>
/// <param name="FalsePositives">Of them, those that were false.</param>
/// <param name="Entities">Of how many entities.</param>
/// <param name="Examined">Alerts that were looked at.</param>
/// <param name="IsComplete">Whether all were.</param>
/// <param name="Radius">The radius that was used; null without a pattern.</param>
/// <param name="Items">At most 200 of the alerts, confirmed ones first.</param>
public sealed record ExceptionPreview(
    int Days, int Alerts, int ConfirmedFrauds, int FalsePositives, int Entities, int Examined, bool IsComplete, double? Radius, IReadOnlyList<JsonElement> Items);
