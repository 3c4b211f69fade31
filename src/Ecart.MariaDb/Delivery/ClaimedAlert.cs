namespace Ecart.MariaDb.Delivery;

/// <summary>An alert of a message.</summary>
/// <param name="AlertId">Its number.</param>
/// <param name="Status">Its status now.</param>
/// <param name="Payload">What the outbox holds of it, JSON.</param>
public sealed record ClaimedAlert(long AlertId, string Status, string Payload);
