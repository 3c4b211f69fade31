using Ecart.App.Serve.Api.Description;
using Microsoft.AspNetCore.Http;

namespace Ecart.App.Serve.Api.Metrics;

/// <summary>The endpoints of metrics, described.</summary>
internal static class MetricsDescriptions
{
    private const string Part = "metrics";
    private const string Days = "Days that are told, 1 to 366. Default 30.";

    private const string Daily =
        """
        {"domain": "transactions", "is_complete": true, "read_at": "2026-03-02T00:00:00Z",
         "days": [{"day": "2026-03-01", "volume": 2, "anomalies": 1, "anomaly_rate": 0.5, "late": 0, "mean_score": 0.25, "mean_flagged_score": 0.5, "without_profile": 1,
                   "alerts": 1, "low": 0, "medium": 1, "high": 0, "critical": 0, "confirmed": 0, "false_positives": 0, "alert_precision": null}]}
        """;

    private const string Health =
        """
        {"domain": "transactions", "is_complete": true, "read_at": "2026-03-02T00:00:00Z",
         "score_drift": {"newest_day": "2026-03-01", "newest_events": 1000, "events_before": 7000, "stability_index": 0.02}, "input_drift": [],
         "without_profile": [{"day": "2026-03-01", "share": 1}]}
        """;

    /// <summary><c>GET /v1/metrics/daily</c>.</summary>
    public static ApiOperation Day { get; } = Common("Volume, anomalies, alerts and their precision by day")
        .Answers(
            ApiSchema.Parse(
                """
                {"type": "object", "required": ["domain", "is_complete", "read_at", "days"],
                 "properties": {"domain": {"type": "string"}, "is_complete": {"type": "boolean", "description": "Whether the totals hold everything stored."},
                  "read_at": {"type": "string", "format": "date-time"},
                  "days": {"type": "array", "items": {"type": "object", "required": ["day", "volume", "anomalies", "alerts"],
                   "properties": {"day": {"type": "string", "format": "date"}, "volume": {"type": "integer"}, "anomalies": {"type": "integer"}, "alerts": {"type": "integer"}}}}}}
                """),
            "One row a UTC day.")
        .Example("month", "/v1/metrics/daily?days=30", Daily);

    /// <summary><c>GET /v1/metrics/health</c>.</summary>
    public static ApiOperation Healthy { get; } = Common("Drift of scores and inputs, share of events without a profile")
        .Answers(
            ApiSchema.Parse(
                """
                {"type": "object", "required": ["domain", "is_complete", "read_at", "input_drift", "without_profile"],
                 "properties": {"domain": {"type": "string"}, "is_complete": {"type": "boolean"}, "read_at": {"type": "string", "format": "date-time"},
                  "score_drift": {"type": ["object", "null"], "description": "Population stability index: below 0.1 alike, above 0.25 changed."},
                  "input_drift": {"type": "array", "items": {"type": "object", "required": ["feature", "stability_index"]}},
                  "without_profile": {"type": "array", "items": {"type": "object", "required": ["day"]}}}}
                """),
            "The health.")
        .Example("now", "/v1/metrics/health", Health);

    private static ApiOperation Common(string summary) => new ApiOperation(Part, summary)
        .Query("domain", "The domain. Default the served one.")
        .Query("days", Days, ApiSchema.Between(1, 366))
        .Refuses(StatusCodes.Status404NotFound, "There is no such domain.");
}
