using Microsoft.AspNetCore.Builder;

namespace Ecart.App.Serve.Api.Description;

/// <summary>Gives endpoints their descriptions.</summary>
internal static class ApiDescriptions
{
    /// <summary>Describes an endpoint in <c>/v1/openapi.json</c>. A test fails for an endpoint below <c>/v1</c> that has none.</summary>
    public static TBuilder Describe<TBuilder>(this TBuilder endpoint, ApiOperation operation)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(operation);
}
