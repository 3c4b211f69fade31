using Ecart.App.Serve.Api.Description;
using Microsoft.AspNetCore.Http;

namespace Ecart.App.Serve.Http;

/// <summary>The endpoints that take events and labels, described.</summary>
internal static class PostDescriptions
{
    private const string Example =
        """
        {"event_uid": "T1", "domain": "transactions", "entities": {"account": "A1", "merchant": "M1"}, "occurred_at": "2026-03-01T10:00:00Z",
         "data": {"amount": 60000, "channel": "online", "country": "FR"}}
        """;

    private const string ExampleAnswer =
        """
        {"event_uid": "T1", "duplicate": false, "score": 0.5, "rank_score": 7.6e-06, "is_anomaly": true, "severity": "medium",
         "reasons": [{"type": "high_amount", "score": 0.2, "detail": "Amount 60000.00 is above 10000."}],
         "decision": "review", "degraded": false, "late": false, "suppressed_by": null, "versions": {"configuration": 1, "embedding": 1}}
        """;

    private static readonly ApiSchema Event = ApiSchema.Parse(
        """
        {"type": "object", "required": ["event_uid"], "additionalProperties": true,
         "description": "The wire form, or the fields of data and entities beside the others, as in files.",
         "properties": {
          "event_uid": {"type": "string", "maxLength": 128, "description": "By it the event is recognised when it is sent again."},
          "domain": {"type": "string", "description": "The domain that the service serves, or left out."},
          "entities": {"type": "object", "additionalProperties": {"type": "string"}, "description": "Who and what took part, by kind."},
          "occurred_at": {"type": "string", "format": "date-time", "description": "When it happened."},
          "data": {"type": "object", "description": "Its other fields, as the domain names them."}}}
        """);

    private static readonly ApiSchema Label = ApiSchema.Parse(
        """
        {"type": "object", "required": ["event_uid", "is_fraud"], "additionalProperties": false,
         "properties": {
          "event_uid": {"type": "string", "maxLength": 128, "description": "The event that it speaks of."},
          "domain": {"type": "string", "description": "The domain that the service serves, or left out."},
          "is_fraud": {"type": "boolean"},
          "known_at": {"type": "string", "format": "date-time", "description": "When it became known. Default now."},
          "source": {"type": "string", "maxLength": 64, "description": "Who said it. Default http."}}}
        """);

    private static ApiSchema Results<TAnswer>() => ApiSchema.ListIn("results", ApiSchema.AnyOf(ApiSchema.Of<TAnswer>(), ApiSchema.Of<Client.Problem>()));

    /// <summary><c>POST /v1/events</c>.</summary>
    public static ApiOperation Events { get; } = Common<Client.EventAnswer>(new ApiOperation("events", "Score and store an event, or several"), Event)
        .Explain("The answer comes after the commit. The same event again answers its first verdict. An array is answered with one result an item, each with its own status.")
        .Query("budget_ms", "Milliseconds within which a decision is due.", ApiSchema.Between(1, HttpOptions.LongestBudget))
        .Refuses(StatusCodes.Status409Conflict, "The uid is known with other content.")
        .Example("one", "/v1/events", ExampleAnswer, Example)
        .Example(
            "several", "/v1/events",
            """
            {"results": [{"status": 200, "event_uid": "T3", "duplicate": false, "score": 0, "rank_score": 7.6e-06, "is_anomaly": false, "severity": "none", "reasons": [],
              "decision": "approve", "degraded": false, "late": false, "suppressed_by": null, "versions": {"configuration": 1, "embedding": 1}},
             {"status": 422, "type": "urn:ecart:problem:missing_field", "title": "The record cannot be used",
              "detail": "occurred_at is missing: fill it in or map another column to it.", "event_uid": "T5", "field": "occurred_at"}]}
            """,
            """[{"event_uid": "T3", "account": "A1", "occurred_at": "2026-03-01T10:05:00Z", "amount": 12.5}, {"event_uid": "T5", "account": "A1"}]""")
        .Example(
            "conflict", "/v1/events",
            """
            {"status": 409, "type": "urn:ecart:problem:conflicting_duplicate", "title": "The uid is known with other content",
             "detail": "uid 'T1' is known with other content: the first event stands. Give the new event a uid of its own.", "event_uid": "T1", "field": "uid", "value": "T1"}
            """,
            """{"event_uid": "T1", "account": "A1", "occurred_at": "2026-03-01T10:00:00Z", "amount": 7}""",
            StatusCodes.Status409Conflict)
        .Example(
            "unusable", "/v1/events",
            """
            {"status": 422, "type": "urn:ecart:problem:wrong_type", "title": "The record cannot be used", "detail": "amount 'ten' is not a number.",
             "event_uid": "T2", "field": "amount", "value": "ten"}
            """,
            """{"event_uid": "T2", "account": "A1", "occurred_at": "2026-03-01T10:00:00Z", "amount": "ten"}""",
            StatusCodes.Status422UnprocessableEntity);

    /// <summary><c>POST /v1/labels</c>.</summary>
    public static ApiOperation Labels { get; } = Common<Client.LabelAnswer>(new ApiOperation("labels", "Store what became known about events"), Label)
        .Explain("A later label corrects an earlier one. An array is answered with one result an item, each with its own status.")
        .Refuses(StatusCodes.Status404NotFound, "The event is not in the store.")
        .Example(
            "one", "/v1/labels", """{"event_uid": "T1", "is_fraud": true, "duplicate": false}""",
            """{"event_uid": "T1", "is_fraud": true, "known_at": "2026-03-05T08:00:00Z", "source": "chargeback"}""")
        .Example(
            "unknown", "/v1/labels",
            """
            {"status": 404, "type": "urn:ecart:problem:unknown_event", "title": "The event is not in the store",
             "detail": "The label for uid 'T9' speaks of an event that is not in the store. Replay the event first, or correct the uid.", "event_uid": "T9", "field": "uid", "value": "T9"}
            """,
            """{"event_uid": "T9", "is_fraud": true}""",
            StatusCodes.Status404NotFound);

    private static ApiOperation Common<TAnswer>(ApiOperation operation, ApiSchema item) => operation
        .Takes(ApiSchema.AnyOf(item, ApiSchema.ListOf(item)))
        .Answers(ApiSchema.AnyOf(ApiSchema.Of<TAnswer>(), Results<TAnswer>()), "Stored; or stored before; or decided by policy.")
        .Refuses(StatusCodes.Status429TooManyRequests, "The pipeline is full: send it again after Retry-After.");
}
