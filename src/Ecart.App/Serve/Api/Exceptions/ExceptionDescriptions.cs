using System.Text.Json;
using Ecart.App.Exceptions;
using Ecart.App.Serve.Api.Description;
using Ecart.MariaDb.Exceptions;
using Microsoft.AspNetCore.Http;

namespace Ecart.App.Serve.Api.Exceptions;

/// <summary>The endpoints of exceptions, described.</summary>
internal static class ExceptionDescriptions
{
    private const string Part = "exceptions";
    private const string Wish = """{"domain": "transactions", "entity_type": "account", "entity_id": "A1", "alert_id": 1, "reason": "The holder buys a car.", "days": 30}""";

    private const string Row =
        """
        {"id": 1, "domain": "transactions", "state": "active", "kind": "temporary", "entity_type": "account", "entity_id": "A1", "radius": null, "embedding_version": null, "rule": null,
         "reason": "The holder buys a car.", "alert_id": 1, "valid_from": "2026-03-01T10:00:00Z", "valid_until": "2026-03-31T10:00:00Z", "created_by": "ada",
         "created_at": "2026-03-01T11:00:00Z", "approved_by": null, "approved_at": null, "revoked_by": null, "revoked_at": null, "revoke_reason": null, "hit_count": 0, "last_hit_at": null}
        """;

    private const string Preview =
        """
        {"days": 30, "alerts": 1, "confirmed_frauds": 0, "false_positives": 0, "entities": 1, "examined": 1, "is_complete": true, "radius": null,
         "items": [{"alert_id": 1, "event_uid": "T1", "occurred_at": "2026-03-01T10:00:00Z", "entity_type": "account", "entity_id": "A1", "lane": 3, "seq": 1, "score": 0.5,
                    "severity": "medium", "status": "new", "is_fraud": false, "distance": null}]}
        """;

    private const string Suggestion =
        """
        {"exception": {"domain": "transactions", "alert_id": 1, "entity_type": "account", "entity_id": "A1", "event_uid": "T1", "radius": 0.2, "rule": null, "reason": null,
                       "valid_from": null, "valid_until": null, "days": 30},
         "distances": {"own_nearest": null, "own_fifth": null, "own_median": null, "nearest_fraud": null, "proposed": 0.2}}
        """;

    private const string None =
        """{"status": 404, "type": "urn:ecart:problem:not_found", "title": "It is not there", "detail": "There is no exception 999999."}""";

    /// <summary><c>GET /v1/exceptions</c>.</summary>
    public static ApiOperation List { get; } = new ApiOperation(Part, "Exceptions, with how many events each silenced, a page at a time")
        .Query("domain", "Only of this domain.")
        .Query("state", "Only in this state.", ApiSchema.Words(Enum.GetNames<ExceptionState>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)))
        .Query("entity_id", "Only for this entity.")
        .Query("text", "Only those that hold this text.")
        .Paged()
        .Answers<Client.Page<ExceptionRow>>("A page of exceptions.")
        .Example("active", "/v1/exceptions?state=active&limit=10", $$"""{"items": [{{Row}}], "next": null}""");

    /// <summary><c>POST /v1/exceptions</c>.</summary>
    public static ApiOperation Add { get; } = new ApiOperation(Part, "Make an exception: by entity, by behaviour within a radius, by rule, or all together")
        .Takes<ExceptionWish>()
        .Answers<ExceptionRow>("It is made; Location says where it is. Where a second person must approve it, it is pending.", StatusCodes.Status201Created)
        .Example("entity", "/v1/exceptions", Row, Wish, StatusCodes.Status201Created)
        .Example(
            "no_reason", "/v1/exceptions",
            """{"status": 422, "type": "urn:ecart:problem:invalid", "title": "A field cannot be used", "detail": "Say why.", "field": "reason"}""",
            """{"domain": "transactions", "entity_type": "account", "entity_id": "A1"}""",
            StatusCodes.Status422UnprocessableEntity);

    /// <summary><c>POST /v1/exceptions/preview</c>.</summary>
    public static ApiOperation Look { get; } = new ApiOperation(Part, "What an exception would have silenced in 30 days")
        .Explain("Nothing is changed.")
        .Takes<ExceptionWish>()
        .Answers(ApiSchema.Like(Preview), "What it would have silenced: confirmed frauds first, at most 200 items.")
        .Example("entity", "/v1/exceptions/preview", Preview, Wish);

    /// <summary><c>GET /v1/exceptions/suggestion</c>.</summary>
    public static ApiOperation Suggest { get; } = new ApiOperation(Part, "The exception that an alert suggests, with the distances behind it")
        .Query("alert", "Number of the alert; required.", ApiSchema.Whole)
        .Answers(ApiSchema.Like(Suggestion), "The suggestion.")
        .Refuses(StatusCodes.Status404NotFound, "There is no such alert whose event is kept.")
        .Example("alert", "/v1/exceptions/suggestion?alert=1", Suggestion);

    /// <summary><c>GET /v1/exceptions/{id}</c>.</summary>
    public static ApiOperation Find { get; } = new ApiOperation(Part, "One exception")
        .Path("id", "Its number.", ApiSchema.Whole)
        .Answers<ExceptionRow>("The exception.")
        .Example("one", "/v1/exceptions/1", Row)
        .Example("none", "/v1/exceptions/999999", None, status: StatusCodes.Status404NotFound);

    /// <summary><c>GET /v1/exceptions/{id}/events</c>.</summary>
    public static ApiOperation Events { get; } = new ApiOperation(Part, "The events that an exception silenced, the newest first")
        .Path("id", "Its number.", ApiSchema.Whole)
        .Paged()
        .Answers<Client.Page<SilencedEvent>>("A page of events.")
        .Example(
            "one", "/v1/exceptions/1/events",
            """
            {"items": [{"occurred_at": "2026-03-02T09:00:00Z", "domain": "transactions", "lane": 3, "seq": 9, "event_uid": "T8", "entity_type": "account", "entity_id": "A1", "score": 0.5,
                        "severity": "medium"}],
             "next": null}
            """);

    /// <summary><c>POST /v1/exceptions/{id}/approve</c>.</summary>
    public static ApiOperation Approve { get; } = new ApiOperation(Part, "Approve an exception that somebody else has made")
        .ByPersonsAlone()
        .Path("id", "Its number.", ApiSchema.Whole)
        .Answers<ExceptionRow>("It is in force from now on, or from its beginning.")
        .Refuses(StatusCodes.Status403Forbidden, "A key is no person, and whoever made it is no second one.")
        .Refuses(StatusCodes.Status409Conflict, "It does not wait for an approval.")
        .Example(
            "by_key", "/v1/exceptions/1/approve",
            """{"status": 403, "type": "urn:ecart:problem:not_a_person", "title": "A person must approve", "detail": "Sign in at /console/sign-in: a key is no person."}""",
            status: StatusCodes.Status403Forbidden);

    /// <summary><c>POST /v1/exceptions/{id}/revoke</c>.</summary>
    public static ApiOperation Revoke { get; } = new ApiOperation(Part, "Take an exception back")
        .Path("id", "Its number.", ApiSchema.Whole)
        .Takes<RevokeRequest>()
        .Answers<ExceptionRow>("It silences nothing any more.")
        .Refuses(StatusCodes.Status409Conflict, "It was taken back before.")
        .Example("one", "/v1/exceptions/1/revoke", Row.Replace("\"active\"", "\"revoked\"", StringComparison.Ordinal), """{"reason": "The car is bought."}""");
}
