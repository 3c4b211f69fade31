using Ecart.App.Serve.Api.Description;

namespace Ecart.App.Serve.Access;

/// <summary>The endpoints of access, described.</summary>
internal static class AccessDescriptions
{
    private const string Part = "access";

    /// <summary><c>GET /v1/me</c>.</summary>
    public static ApiOperation Me { get; } = new ApiOperation(Part, "Who asks, and their role")
        .Answers<Client.Caller>("Who asks.")
        .Example("program", "/v1/me", """{"name": "key:importer", "role": "analyst"}""");

    /// <summary><c>GET /v1/audit</c>.</summary>
    public static ApiOperation Audit { get; } = new ApiOperation(Part, "Who did what, the newest first")
        .Explain("Every change of users, keys, settings, models, signatures and clusters, every sign-in and every failed one.")
        .Paged()
        .Answers<Client.Page<Client.AuditEntry>>("A page of the audit log.")
        .Example(
            "newest", "/v1/audit?limit=1",
            """
            {"items": [{"id": 7, "at": "2026-03-01T10:00:00Z", "actor": "cli:root", "action": "create", "subject_type": "key", "subject_id": "importer",
                        "detail": {"role": "analyst"}}],
             "next": "Nw"}
            """);
}
