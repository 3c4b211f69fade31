using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ecart.App.Serve.Access;
using Ecart.App.Serve.Api.Idempotency;
using Ecart.App.Serve.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ecart.App.Serve.Api.Description;

/// <summary>Writes the descriptions of all endpoints as one OpenAPI 3.1 document.</summary>
internal static partial class OpenApiDocument
{
    /// <summary>What every failure is.</summary>
    public const string ProblemType = "application/problem+json";

    private const string KeyScheme = "key";
    private const string SessionScheme = "session";
    private const string Prefix = "/v1/";

    /// <summary>Whether an endpoint belongs to the interface for programs.</summary>
    public static bool Holds(Endpoint endpoint) =>
        endpoint is RouteEndpoint route && route.RoutePattern.RawText?.StartsWith(Prefix, StringComparison.Ordinal) == true;

    /// <summary>Writes it.</summary>
    public static JsonObject Write(IEnumerable<Endpoint> endpoints)
    {
        var components = new ApiComponents();
        var paths = new JsonObject();
        foreach (RouteEndpoint endpoint in endpoints.Where(Holds).Cast<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<ApiOperation>() is not { } operation) continue;
            string path = PathOf(endpoint);
            if (paths[path] is not JsonObject item) paths[path] = item = [];
            foreach (string method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [])
                item[method.ToLowerInvariant()] = new OperationWriter(endpoint, operation, method, components).Write();
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "Ecart",
                ["version"] = typeof(OpenApiDocument).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0],
                ["description"] = "Real-time anomaly detection: takes events and labels, answers verdicts, and is what the console works by. Times are UTC. Every failure is application/problem+json.",
                ["license"] = new JsonObject { ["name"] = "MIT", ["identifier"] = "MIT" },
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["paths"] = paths,
            ["components"] = new JsonObject { ["securitySchemes"] = Schemes(), ["schemas"] = components.ToSchemas() },
        };
    }

    /// <summary>The path of an endpoint as the document writes it: names of its parts alone, without what they must be.</summary>
    public static string PathOf(RouteEndpoint endpoint) => Part().Replace(endpoint.RoutePattern.RawText!, "{$1}");

    /// <summary>Who may use an endpoint: any one of the list.</summary>
    public static JsonArray Security(AccessRule? rule, bool isOfPersonsAlone)
    {
        if (rule?.Least is null) return [];
        if (isOfPersonsAlone) return new JsonArray(new JsonObject { [SessionScheme] = new JsonArray() });
        var anyOf = new JsonArray(new JsonObject { [KeyScheme] = new JsonArray() }, new JsonObject { [SessionScheme] = new JsonArray() });
        if (rule.IsOpenWithoutRequirement) anyOf.Insert(0, new JsonObject());
        return anyOf;
    }

    /// <summary>Who may use an endpoint, in words.</summary>
    public static string Needs(AccessRule? rule) => rule switch
    {
        { Least: { } least, IsOpenWithoutRequirement: true } => $"Open unless http.require_key is set, then it needs the role {Names.Of(least)}.",
        { Least: { } least } => $"Needs the role {Names.Of(least)}.",
        _ => "Open to everybody.",
    };

    /// <summary>Whether an endpoint keeps answers under keys.</summary>
    public static bool IsIdempotent(Endpoint endpoint) => endpoint.Metadata.GetMetadata<IdempotencyRule>() is not null;

    private static JsonObject Schemes() => new()
    {
        [KeyScheme] = new JsonObject
        {
            ["type"] = "http",
            ["scheme"] = "bearer",
            ["description"] = "The key of a program: ecart keys create NAME --role ROLE.",
        },
        [SessionScheme] = new JsonObject
        {
            ["type"] = "apiKey",
            ["in"] = "cookie",
            ["name"] = SessionCookie.Name,
            ["description"] = $"The session of a person who signed in at /console/sign-in; changes also need the page's token in the header {AccessGate.TokenHeader}.",
        },
    };

    [GeneratedRegex(@"\{\**(\w+)[^}]*\}")]
    private static partial Regex Part();
}
