using Microsoft.AspNetCore.Builder;

namespace Ecart.App.Serve.Api.Idempotency;

/// <summary>Gives endpoints the mark.</summary>
internal static class IdempotencyRules
{
    /// <summary>Has an endpoint take the header <c>Idempotency-Key</c>: the same request under the same key is carried out once and answered alike.</summary>
    public static TBuilder WithIdempotency<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(IdempotencyRule.Instance);
}
