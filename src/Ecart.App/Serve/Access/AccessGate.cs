using Ecart.App.Serve.Http;
using Ecart.MariaDb.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Ecart.App.Serve.Access;

/// <summary>
/// Lets a request through to its endpoint, or not: who makes it, by key or session; whether their role is enough; and whether a change that a browser sends comes
/// from a page of this console. Thread-safe.
/// </summary>
internal sealed class AccessGate(string connectionString, HttpOptions options)
{
    /// <summary>Header in which a script of a page sends the page's token.</summary>
    public const string TokenHeader = "Ecart-Page-Token";

    /// <summary>Form field in which a page without script sends it.</summary>
    public const string TokenField = "page_token";

    /// <summary>Bytes of a request's body where the endpoint does not bound it itself.</summary>
    public const long MaximumBody = 256 * 1024;

    private const string Scheme = "Bearer ";
    private readonly KnownKeys keys = new(new KeyStore(connectionString), TimeProvider.System);
    private readonly SessionStore sessions = new(connectionString);

    /// <summary>Answers a request that may not pass, else hands it on.</summary>
    public async Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint() is not { } endpoint)
        {
            await AnswerWriter.WriteAsync(context.Response, AccessProblems.NotFound).ConfigureAwait(false);
            return;
        }

        AccessRule rule = endpoint.Metadata.GetMetadata<AccessRule>() ?? new AccessRule((AccessRole)int.MaxValue);
        Principal? principal = await FindAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
        principal?.Enter(context);
        ProblemAnswer? refusal = Refuse(rule, principal) ?? await RefuseForgeryAsync(context.Request, principal, rule).ConfigureAwait(false);
        if (refusal is null) await next(context).ConfigureAwait(false);
        else if (rule.IsPage && principal is null && HttpMethods.IsGet(context.Request.Method))
            context.Response.Redirect($"/console/sign-in?return={Uri.EscapeDataString(context.Request.Path + context.Request.QueryString)}");
        else await AnswerWriter.WriteAsync(context.Response, refusal).ConfigureAwait(false);
    }

    /// <summary>Who makes a request; null for a stranger, and for a key or session that is not valid.</summary>
    public async Task<Principal?> FindAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        string? authorization = request.Headers.Authorization;
        if (authorization is not null)
        {
            // Who names a key means it: an invalid one is not made up for by a cookie.
            if (!authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return null;
            string secret = authorization[Scheme.Length..].Trim();
            if (!secret.StartsWith(Secret.KeyPrefix, StringComparison.Ordinal)) return null;
            return await keys.FindAsync(secret, cancellationToken).ConfigureAwait(false);
        }

        if (request.Cookies[SessionCookie.Name] is not { Length: > 0 } session) return null;
        return await sessions.FindAsync(Secret.Hash(session), cancellationToken).ConfigureAwait(false) is { } found
            ? new Principal(found.Name, found.Role) { SessionSecret = session }
            : null;
    }

    private ProblemAnswer? Refuse(AccessRule rule, Principal? principal)
    {
        if (rule.Least is not { } least || (rule.IsOpenWithoutRequirement && !options.RequireKey)) return null;
        if (principal is null) return AccessProblems.SignInFirst;
        return principal.Role >= least ? null : AccessProblems.NotAllowed(principal.Role, least);
    }

    /// <summary>A browser sends the cookie with whatever another site makes it send; a page's token only the page can send.</summary>
    private static async Task<ProblemAnswer?> RefuseForgeryAsync(HttpRequest request, Principal? principal, AccessRule rule)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) return null;
        if (IsFromAnotherSite(request)) return AccessProblems.AnotherSite;
        if (principal?.PageToken is not { } expected || rule.Least is null) return null;
        StringValues sent = request.Headers[TokenHeader];
        if (sent.Count == 0 && request.HasFormContentType) sent = (await request.ReadFormAsync(request.HttpContext.RequestAborted).ConfigureAwait(false))[TokenField];
        return Secret.AreEqual(sent.Count == 1 ? sent[0] : null, expected) ? null : AccessProblems.NoPageToken;
    }

    /// <summary>Browsers say from which page a change comes; programs say nothing.</summary>
    private static bool IsFromAnotherSite(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"] is [{ } site] && site is not ("same-origin" or "none")) return true;
        return request.Headers.Origin is [{ } origin]
            && !(Uri.TryCreate(origin, UriKind.Absolute, out Uri? from) && string.Equals(from.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }
}
