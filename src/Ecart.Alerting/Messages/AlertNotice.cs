using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ecart.Alerting.Messages;

/// <summary>One alert as it is told.</summary>
/// <param name="AlertId">Its number in the store.</param>
/// <param name="Status">Its status: <c>new</c>, <c>investigating</c>, <c>confirmed_fraud</c>, <c>false_positive</c> or <c>resolved</c>.</param>
/// <param name="EventUid">The event that raised it.</param>
/// <param name="Severity"><c>low</c>, <c>medium</c>, <c>high</c> or <c>critical</c>.</param>
/// <param name="Score">0 to 1.</param>
/// <param name="Timestamp">When the event happened, UTC, ISO 8601.</param>
/// <param name="Reasons">Why, the weightiest first.</param>
/// <param name="WireForm">The message of the alerts topic: <c>{alert_id, event_uid, domain, entity_type, entity_id, anomaly_score, severity, reasons, timestamp}</c>.</param>
public sealed record AlertNotice(
    long AlertId, string Status, string EventUid, string Severity, double Score, string Timestamp, IReadOnlyList<AlertReason> Reasons, JsonObject WireForm)
{
    /// <summary>Reads an alert.</summary>
    /// <param name="alertId">Its number.</param>
    /// <param name="status">Its status.</param>
    /// <param name="outboxPayload">The message that was stored with it, which does not have the number yet.</param>
    /// <exception cref="JsonException">The payload is no such message.</exception>
    public static AlertNotice Read(long alertId, string status, string outboxPayload)
    {
        JsonObject stored = JsonNode.Parse(outboxPayload) as JsonObject ?? throw new JsonException("The payload of an outbox row must be a JSON object.");
        var wire = new JsonObject { ["alert_id"] = alertId };
        foreach ((string name, JsonNode? value) in stored) wire[name] = value?.DeepClone();
        AlertReason[] reasons =
        [
            .. (stored["reasons"] as JsonArray ?? []).OfType<JsonObject>()
                .Select(reason => new AlertReason(Text(reason, "type"), Number(reason, "score"), Text(reason, "detail")))
                .OrderByDescending(reason => reason.Score),
        ];
        return new AlertNotice(
            alertId, status, Text(stored, "event_uid"), Text(stored, "severity"), Number(stored, "anomaly_score"), Text(stored, "timestamp"), reasons, wire);
    }

    private static string Text(JsonObject from, string name) => from[name] is JsonValue value && value.TryGetValue(out string? text) ? text : "";

    private static double Number(JsonObject from, string name) => from[name] is JsonValue value && value.TryGetValue(out double number) ? number : 0;
}
