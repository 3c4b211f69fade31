using Ecart.MariaDb.Access;
using Microsoft.AspNetCore.Builder;

namespace Ecart.App.Serve.Access;

/// <summary>Gives endpoints their rules.</summary>
internal static class AccessRules
{
    /// <summary>Says who may use an endpoint.</summary>
    public static TBuilder Allow<TBuilder>(this TBuilder endpoint, AccessRule rule)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(rule);

    /// <summary>Says which role an endpoint needs.</summary>
    public static TBuilder Allow<TBuilder>(this TBuilder endpoint, AccessRole least)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new AccessRule(least));

    /// <summary>Says which role a page needs.</summary>
    public static TBuilder AllowPage<TBuilder>(this TBuilder endpoint, AccessRole least)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new AccessRule(least) { IsPage = true });
}
