namespace Ecart.MariaDb.Delivery;

/// <summary>An alert that is to be routed.</summary>
/// <param name="OutboxId">Its row of the outbox.</param>
/// <param name="SettingsRoute">Where the domain's settings send alerts of its severity: <c>routes</c>.</param>
/// <param name="Domain">Its domain.</param>
/// <param name="EventUid">The event that raised it.</param>
/// <param name="EntityType">Type of its entity.</param>
/// <param name="EntityId">Id of its entity.</param>
/// <param name="Severity"><c>low</c>, <c>medium</c>, <c>high</c> or <c>critical</c>.</param>
public sealed record OutboxAlert(long OutboxId, string SettingsRoute, string Domain, string EventUid, string EntityType, string EntityId, string Severity);
