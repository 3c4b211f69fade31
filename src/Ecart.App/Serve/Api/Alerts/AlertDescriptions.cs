using System.Text.Json;
using Ecart.App.Serve.Api.Description;
using Ecart.MariaDb.Alerts;
using Microsoft.AspNetCore.Http;

namespace Ecart.App.Serve.Api.Alerts;

/// <summary>The endpoints of alerts, described.</summary>
internal static class AlertDescriptions
{
    private const string Part = "alerts";

    private const string Alert =
        """
        {"id": 1, "domain": "transactions", "event_uid": "T1", "entity_type": "account", "entity_id": "A1", "occurred_at": "2026-03-01T10:00:00Z", "severity": "medium",
         "score": 0.5, "type": "high_amount", "status": "new", "assigned_to": null, "notes": null, "revision": 0, "label": null, "created_at": "2026-03-01T10:00:01Z",
         "updated_at": "2026-03-01T10:00:01Z", "resolved_at": null, "reasons": [{"type": "high_amount", "score": 0.2, "detail": "Amount 60000.00 is above 10000."}]}
        """;

    private const string Entry =
        """{"id": 1, "alert_id": 1, "action": "comment", "from": null, "to": null, "actor": "ada", "note": "The holder has been called.", "done_at": "2026-03-01T10:05:00Z"}""";

    /// <summary><c>GET /v1/alerts</c>.</summary>
    public static ApiOperation List { get; } = new ApiOperation(Part, "Alerts, filtered and sorted, a page at a time")
        .Query("status", "Only in these, with commas between: a status, open, all. Default all.")
        .Query("severity", "Only as bad as these, with commas between: a severity, all. Default all.")
        .Query("domain", "Only of this domain.")
        .Query("entity_type", "Only of entities of this kind.")
        .Query("entity_id", "Only of this entity.")
        .Query("from", "Only of events from this time on.", ApiSchema.Time)
        .Query("until", "Only of events before this time.", ApiSchema.Time)
        .Query("text", "Only those that hold this text.")
        .Query("assigned_to", "Only the work of this person; me, or none for nobody's.")
        .Query("sort", "In which order. Default newest.", ApiSchema.Words(Enum.GetNames<AlertSort>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)))
        .Paged()
        .Answers<Client.Page<Client.Alerts.Alert>>("A page of alerts.")
        .Example("open", "/v1/alerts?status=open&sort=severity&limit=1", $$"""{"items": [{{Alert}}], "next": null}""")
        .Example(
            "unknown_order", "/v1/alerts?sort=loudest",
            """
            {"status": 422, "type": "urn:ecart:problem:invalid", "title": "A field cannot be used", "detail": "sort is not one of newest, score, severity, updated.", "field": "sort",
             "value": "loudest"}
            """,
            status: StatusCodes.Status422UnprocessableEntity);

    /// <summary><c>GET /v1/alerts/counts</c>.</summary>
    public static ApiOperation Counts { get; } = new ApiOperation(Part, "How many alerts there are in each status")
        .Answers<Client.Alerts.AlertCounts>("The counts; none goes beyond counted_up_to.")
        .Example("now", "/v1/alerts/counts", """{"counts": {"new": 12, "investigating": 3}, "counted_up_to": 10000}""");

    /// <summary><c>GET /v1/alerts/{id}</c>.</summary>
    public static ApiOperation Show { get; } = new ApiOperation(Part, "Everything about an alert")
        .Explain("The event, each piece of evidence in words and numbers, the features that made the distance, the nearest normal events, the entity's events around it, related alerts, history.")
        .Path("id", "Number of the alert.", ApiSchema.Whole)
        .Answers<Client.Alerts.AlertDetail>("The alert.")
        .Example(
            "one", "/v1/alerts/1",
            $$"""
            {"alert": {{Alert}},
             "evidence": [{"code": "high_amount", "score": 0.2, "detail": "Amount 60000.00 is above 10000.", "observed": 60000, "expected": null, "threshold": 10000, "significance": null, "subject": null}],
             "event": {"event_uid": "T1", "occurred_at": "2026-03-01T10:00:00Z", "fields": {"amount": 60000}, "score": 0.5}, "features": [{"name": "amount", "share": 0.8}], "nearest": [],
             "bands": {"flag": 0.5, "low": null, "medium": 0.5, "high": 0.65, "critical": 0.8}, "timeline": [], "related": [], "history": []}
            """)
        .Example(
            "none", "/v1/alerts/999999",
            """
            {"status": 404, "type": "urn:ecart:problem:not_found", "title": "It is not there", "detail": "There is no alert of this number: GET /v1/alerts lists those that there are."}
            """,
            status: StatusCodes.Status404NotFound);

    /// <summary><c>GET /v1/alerts/{id}/history</c>.</summary>
    public static ApiOperation History { get; } = new ApiOperation(Part, "Who did what to an alert, the newest first")
        .Path("id", "Number of the alert.", ApiSchema.Whole)
        .Answers<Client.Page<Client.Alerts.AlertHistoryEntry>>("The history.")
        .Example("one", "/v1/alerts/1/history", $$"""{"items": [{{Entry}}], "next": null}""");

    /// <summary><c>POST /v1/alerts/actions</c>.</summary>
    public static ApiOperation Act { get; } = new ApiOperation(Part, "Take, assign, comment or decide alerts, one or many")
        .Explain("A decision (confirmed_fraud, false_positive) is a label: the pipeline learns from it. Each alert has its own status in the answer.")
        .Takes<AlertActionRequest>()
        .Answers<Client.Alerts.AlertActionResults>("What became of each.")
        .Example(
            "comment", "/v1/alerts/actions",
            """
            {"results": [{"id": 1, "status": 200, "outcome": "done", "detail": null, "alert_status": "new", "assigned_to": null, "revision": 1, "label": null}]}
            """,
            """{"action": "comment", "ids": [1], "note": "The holder has been called."}""")
        .Example(
            "nothing", "/v1/alerts/actions",
            """
            {"status": 422, "type": "urn:ecart:problem:invalid", "title": "A field cannot be used", "detail": "note is missing: a comment says something.", "field": "note"}
            """,
            """{"action": "comment", "ids": [1]}""",
            StatusCodes.Status422UnprocessableEntity);

    /// <summary><c>GET /v1/live</c>.</summary>
    public static ApiOperation Live { get; } = new ApiOperation("live", "New alerts and what people do to them, as it happens")
        .Explain(
            "Server-sent events: ready, alert (as in the list), change (as in the history), reset (too much was missed: read the list), dropped (too slow), signed_out. Who comes back with "
            + "Last-Event-ID hears what was missed; a message may come twice, never not at all.")
        .Header("Last-Event-ID", "The id of the last message heard.")
        .Query("after", "The same, for those who cannot send the header.")
        .Answers(ApiSchema.Text, "The stream, until the caller ends it.", contentType: "text/event-stream")
        .Example("from_now", "/v1/live", "\"retry: 5000\\n: begins\\n\\nid: 7-3\\nevent: ready\\ndata: {}\\n\\n\"");
}
