using System.Text.Json.Nodes;
using Ecart.App.Serve.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ecart.App.Serve.Api.Description;

/// <summary><c>GET /v1/openapi.json</c>: the interface described for programs. Thread-safe.</summary>
internal static class OpenApiEndpoint
{
    private static readonly ApiOperation Operation = new ApiOperation("description", "This document")
        .Answers(ApiSchema.Parse("""{"type": "object", "required": ["openapi", "info", "paths"]}"""), "The interface by OpenAPI 3.1.")
        .Example("all", "/v1/openapi.json", """{"openapi": "3.1.1", "info": {"title": "Ecart", "version": "0.1.0"}, "paths": {}}""");

    /// <summary>Adds the endpoint.</summary>
    public static void Map(IEndpointRouteBuilder application)
    {
        // Endpoints that are mapped later belong to it as well.
        var text = new Lazy<byte[]>(() => Write(application.DataSources.SelectMany(source => source.Endpoints)));
        application.MapGet("/v1/openapi.json", () => Results.Bytes(text.Value, "application/json")).Allow(AccessRule.Open).Describe(Operation);
    }

    private static byte[] Write(IEnumerable<Endpoint> endpoints)
    {
        JsonObject document = OpenApiDocument.Write(endpoints);
        return System.Text.Encoding.UTF8.GetBytes(document.ToJsonString(ApiJson.Options));
    }
}
