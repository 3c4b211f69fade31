using Ecart.Alerting.Messages;
using Ecart.MariaDb.Delivery;

namespace Ecart.Streaming.Delivery;

/// <summary>Messages of what the store holds.</summary>
internal static class DeliveryMessages
{
    public static AlertMessage Of(ClaimedDelivery delivery, string route) => new()
    {
        Route = route,
        DedupKey = delivery.DedupKey,
        Action = delivery.Action switch
        {
            "acknowledge" => AlertAction.Acknowledge,
            "resolve" => AlertAction.Resolve,
            _ => AlertAction.Trigger,
        },
        Subject = delivery.Kind == "held_back" ? AlertSubject.HeldBack : AlertSubject.Alerts,
        Severity = delivery.Severity,
        Domain = delivery.Domain,
        EntityType = delivery.EntityType,
        EntityId = delivery.EntityId,
        Count = delivery.Count,
        Alerts = [.. delivery.Alerts.Select(alert => AlertNotice.Read(alert.AlertId, alert.Status, alert.Payload))],
        CreatedAt = new DateTimeOffset(delivery.CreatedAt),
    };
}
