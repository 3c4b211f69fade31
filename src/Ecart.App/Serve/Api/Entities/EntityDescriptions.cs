using Ecart.App.Serve.Api.Description;
using Ecart.MariaDb.Entities;
using Microsoft.AspNetCore.Http;

namespace Ecart.App.Serve.Api.Entities;

/// <summary>The endpoints of entities, described.</summary>
internal static class EntityDescriptions
{
    private const string Part = "entities";

    private const string Report =
        """
        {"domain": "transactions", "entity_type": "account", "entity_id": "A1", "profile": null, "usual": [], "latest": [], "counts": [], "events": [], "alerts": [], "exceptions": []}
        """;

    /// <summary><c>GET /v1/entities</c>.</summary>
    public static ApiOperation Search { get; } = new ApiOperation(Part, "Entities by what their ids begin with, a page at a time")
        .Query("prefix", "Only ids that begin so.")
        .Query("entity_type", "Only of this kind.")
        .Query("domain", "Only of this domain.")
        .Paged()
        .Answers<Client.Page<EntityListing>>("A page of entities.")
        .Example(
            "accounts", "/v1/entities?prefix=A&entity_type=account",
            """
            {"items": [{"domain": "transactions", "entity_type": "account", "entity_id": "A1", "observation_count": 12, "last_updated": "2026-03-01T10:00:00Z"}], "next": null}
            """);

    /// <summary><c>GET /v1/entities/{domain}/{type}/{id}</c>.</summary>
    public static ApiOperation Find { get; } = new ApiOperation(Part, "What is usual for an entity, its newest events, its alerts and exceptions")
        .Explain("usual and latest are facts: a stable code, its values, and the text in English.")
        .Path("domain", "Its domain.")
        .Path("entityType", "Its kind: account, user, device, address.")
        .Path("entityId", "Its id, percent-encoded, its slashes too.")
        .Answers(
            ApiSchema.Parse(
                """
                {"type": "object", "required": ["domain", "entity_type", "entity_id", "usual", "latest", "counts", "events", "alerts", "exceptions"],
                 "properties": {"domain": {"type": "string"}, "entity_type": {"type": "string"}, "entity_id": {"type": "string"}, "profile": {"type": ["object", "null"]},
                  "usual": {"type": "array", "items": {"type": "object", "required": ["code", "values", "text"]}},
                  "latest": {"type": "array", "items": {"type": "object", "required": ["code", "values", "text"]}},
                  "counts": {"type": "array", "items": {"type": "object", "required": ["code", "items"]}},
                  "events": {"type": "array", "items": {"type": "object"}}, "alerts": {"type": "array", "items": {"type": "object"}},
                  "exceptions": {"type": "array", "items": {"type": "object"}}}}
                """),
            "The entity.")
        .Example("account", "/v1/entities/transactions/account/A1", Report)
        .Example(
            "none", "/v1/entities/transactions/account/nobody",
            """{"status": 404, "type": "urn:ecart:problem:not_found", "title": "It is not there", "detail": "Nothing is known of such an entity."}""",
            status: StatusCodes.Status404NotFound);
}
