using Ecart.App.Terminal;
using Ecart.MariaDb.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ecart.App.Serve.Access.OpenId;

/// <summary>Signing in by another service that vouches for people. Thread-safe.</summary>
internal sealed class OpenIdEndpoints(string connectionString, OpenIdOptions options, SignInLimiter limiter, Func<HttpContext, UserAccount, Task> beginSession) : IDisposable
{
    private const string CallbackPath = OpenIdAttempt.Path + "/callback";
    private const int LongestCode = 4096;

    /// <summary>Name under which failures of all who come from an address are counted.</summary>
    private const string Limited = "(openid)";
    private readonly OpenIdAuthority authority = new(options);
    private readonly IdentityStore identities = new(connectionString);
    private readonly AuditLog audit = new(connectionString);

    /// <summary>Adds the endpoints.</summary>
    public void Map(IEndpointRouteBuilder application, Func<HttpContext, string, IResult> refuse, Func<string?, string> within)
    {
        application.MapGet(OpenIdAttempt.Path, (Delegate)((HttpContext context) => BeginAsync(context, refuse, within))).Allow(AccessRule.Open).ExcludeFromDescription();
        application.MapGet(CallbackPath, (Delegate)((HttpContext context) => FinishAsync(context, refuse, within))).Allow(AccessRule.Open).ExcludeFromDescription();
    }

    /// <inheritdoc/>
    public void Dispose() => authority.Dispose();

    private async Task<IResult> BeginAsync(HttpContext context, Func<HttpContext, string, IResult> refuse, Func<string?, string> within)
    {
        OpenIdAttempt attempt = OpenIdAttempt.Begin(within(context.Request.Query["return"]));
        try
        {
            string address = await authority.AddressAsync(attempt, CallbackOf(context), context.RequestAborted).ConfigureAwait(false);
            attempt.Keep(context);
            return Results.Redirect(address);
        }
        catch (OpenIdException error)
        {
            Output.Warning($"nobody can sign in by {options.Authority}: {error.Message}");
            context.Response.StatusCode = StatusCodes.Status502BadGateway;
            return refuse(context, "openid.away");
        }
    }

    private async Task<IResult> FinishAsync(HttpContext context, Func<HttpContext, string, IResult> refuse, Func<string?, string> within)
    {
        // A whole office may come from one address: only failures count.
        if (!limiter.MayTry(AddressOf(context), Limited)) return Refused(context, refuse, StatusCodes.Status429TooManyRequests, "sign_in.too_many");
        // Without the attempt's own state this is an answer that somebody else put into the browser: no word of it is used.
        if (OpenIdAttempt.Take(context) is not { } attempt || !Secret.AreEqual(context.Request.Query["state"], attempt.State))
            return await FailAsync(context, refuse, "(no name)", "the state is not that of this browser", "openid.anew").ConfigureAwait(false);
        if (context.Request.Query["code"] is not [{ Length: > 0 and <= LongestCode } code])
            return await FailAsync(context, refuse, "(no name)", "it sent no code", "openid.refused").ConfigureAwait(false);
        OpenIdPerson person;
        try
        {
            person = await authority.RedeemAsync(code, attempt, CallbackOf(context), context.RequestAborted).ConfigureAwait(false);
        }
        catch (OpenIdException error)
        {
            return await FailAsync(context, refuse, "(no name)", error.Message, "openid.refused").ConfigureAwait(false);
        }

        return await EnterAsync(context, person, refuse).ConfigureAwait(false) is { } refusal ? refusal : Results.Redirect(within(attempt.Return));
    }

    /// <returns>Null when the person is in.</returns>
    private async Task<IResult?> EnterAsync(HttpContext context, OpenIdPerson person, Func<HttpContext, string, IResult> refuse)
    {
        string name = person.Name.Trim().ToLowerInvariant();
        if (!AccountName.IsName(name) || person.Subject.Length > IdentityStore.LongestSubject || person.Issuer.Length > IdentityStore.LongestIssuer)
            return await FailAsync(context, refuse, "(no name)", "its name cannot be one here", "openid.name").ConfigureAwait(false);
        if (options.RoleOf(person.Roles) is not { } role) return await FailAsync(context, refuse, name, "no role", "openid.role").ConfigureAwait(false);
        (IdentityOutcome outcome, UserAccount? user) = await identities.EnterAsync(person.Issuer, person.Subject, name, role, context.RequestAborted).ConfigureAwait(false);
        switch (outcome)
        {
            case IdentityOutcome.Disabled: return await FailAsync(context, refuse, name, "shut out", "openid.disabled").ConfigureAwait(false);
            case IdentityOutcome.NameTaken: return await FailAsync(context, refuse, name, "the name is somebody else's", "openid.name_taken").ConfigureAwait(false);
            default:
                await beginSession(context, user!).ConfigureAwait(false);
                return null;
        }
    }

    private async Task<IResult> FailAsync(HttpContext context, Func<HttpContext, string, IResult> refuse, string name, string why, string text)
    {
        // A flood must not fill the log.
        if (!limiter.TryTake(AddressOf(context), Limited)) return Refused(context, refuse, StatusCodes.Status429TooManyRequests, "sign_in.too_many");
        var detail = new Dictionary<string, string> { ["address"] = AddressOf(context), ["openid"] = why };
        await audit.AppendAsync(name, "sign_in_failed", "user", name, detail, context.RequestAborted).ConfigureAwait(false);
        return Refused(context, refuse, StatusCodes.Status403Forbidden, text);
    }

    private static IResult Refused(HttpContext context, Func<HttpContext, string, IResult> refuse, int status, string text)
    {
        context.Response.StatusCode = status;
        return refuse(context, text);
    }

    private static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "unknown";

    private static string CallbackOf(HttpContext context) => $"{context.Request.Scheme}://{context.Request.Host}{CallbackPath}";
}
