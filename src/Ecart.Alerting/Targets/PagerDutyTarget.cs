using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ecart.Alerting.Messages;

namespace Ecart.Alerting.Targets;

/// <summary>
/// PagerDuty Events API v2: a thread is an alert there, known by its dedup_key, which is triggered, acknowledged and resolved. Thread-safe.
/// </summary>
public sealed class PagerDutyTarget : HttpTarget
{
    /// <summary>Where events go, unless the account is in another service region.</summary>
    public static readonly Uri DefaultAddress = new("https://events.pagerduty.com/v2/enqueue");

    private const int MostOfSummary = 1024;
    private readonly string routingKey;
    private readonly Uri? dashboard;

    /// <summary>Makes a target.</summary>
    /// <param name="address">Where events go.</param>
    /// <param name="routingKey">The integration key; secret.</param>
    /// <param name="dashboard">Where people look at alerts; null for nowhere.</param>
    /// <param name="timeout">How long an answer is waited for.</param>
    /// <param name="timeProvider">The clock.</param>
    public PagerDutyTarget(Uri address, string routingKey, Uri? dashboard, TimeSpan timeout, TimeProvider timeProvider)
        : base(address, timeout, timeProvider, new Secrets(routingKey))
    {
        this.routingKey = routingKey;
        this.dashboard = dashboard;
    }

    private protected override byte[] MakeBody(AlertMessage message)
    {
        var body = new JsonObject
        {
            ["routing_key"] = routingKey,
            ["event_action"] = message.Action switch
            {
                AlertAction.Acknowledge => "acknowledge",
                AlertAction.Resolve => "resolve",
                _ => "trigger",
            },
            ["dedup_key"] = message.DedupKey,
        };
        if (message.Action == AlertAction.Trigger)
        {
            body["payload"] = Payload(message);
            body["client"] = "Ecart";
            if (dashboard is not null)
            {
                body["client_url"] = dashboard.AbsoluteUri;
                body["links"] = new JsonArray(new JsonObject { ["href"] = dashboard.AbsoluteUri, ["text"] = "Alerts in Ecart" });
            }
        }

        return JsonSerializer.SerializeToUtf8Bytes(body);
    }

    private static JsonObject Payload(AlertMessage message)
    {
        bool isAlerts = message.Subject == AlertSubject.Alerts;
        return new JsonObject
        {
            ["summary"] = MessageText.Cut(MessageText.Summary(message), MostOfSummary),
            ["source"] = isAlerts ? MessageText.Entity(message) : "ecart",
            ["severity"] = Severity(message),
            ["timestamp"] = message.Alerts is [{ Timestamp.Length: > 0 } first, ..] ? first.Timestamp : message.CreatedAt.ToString("yyyy-MM-ddTHH:mm:ss.fffzzz", CultureInfo.InvariantCulture),
            ["component"] = isAlerts ? message.EntityType : "alert route",
            ["group"] = isAlerts ? message.Domain : message.Route,
            ["class"] = message.Subject switch
            {
                AlertSubject.HeldBack => "rate limit",
                AlertSubject.Test => "test",
                _ => message.Alerts is [{ Reasons: [var reason, ..] }, ..] ? reason.Type : "anomaly",
            },
            ["custom_details"] = Details(message),
        };
    }

    private static string Severity(AlertMessage message) => message.Severity switch
    {
        "critical" => "critical",
        "high" => "error",
        "medium" => "warning",
        _ => "info",
    };

    private static JsonObject Details(AlertMessage message)
    {
        var details = new JsonObject { ["route"] = message.Route };
        switch (message.Subject)
        {
            case AlertSubject.HeldBack:
                details["held_back"] = message.Count;
                break;
            case AlertSubject.Alerts:
                details["alert_count"] = message.Count;
                details["alerts"] = new JsonArray([.. message.Alerts.Select(alert => alert.WireForm.DeepClone())]);
                break;
            default:
                details["test"] = true;
                break;
        }

        return details;
    }
}
