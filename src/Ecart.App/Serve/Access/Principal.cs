using Ecart.MariaDb.Access;
using Microsoft.AspNetCore.Http;

namespace Ecart.App.Serve.Access;

/// <summary>Who makes a request.</summary>
/// <param name="Actor">Name in the audit log: a user's name, or <c>key:</c> and that of a key.</param>
/// <param name="Role">What they may do.</param>
public sealed record Principal(string Actor, AccessRole Role)
{
    /// <summary>The session's secret; null for a key.</summary>
    public string? SessionSecret { get; init; }

    /// <summary>What a page sends back with every change; null for a key, which no browser sends by itself.</summary>
    public string? PageToken => SessionSecret is null ? null : Secret.PageToken(SessionSecret);

    /// <summary>Who makes a request that was let through; null where nobody must say who they are.</summary>
    public static Principal? Of(HttpContext context) => context.Items[typeof(Principal)] as Principal;

    /// <summary>Notes who makes a request.</summary>
    public void Enter(HttpContext context) => context.Items[typeof(Principal)] = this;
}
