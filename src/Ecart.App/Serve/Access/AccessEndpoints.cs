using Ecart.App.Serve.Http;
using Ecart.App.Serve.Pages;
using Ecart.App.Terminal;
using Ecart.MariaDb.Access;
using Ecart.MariaDb.Alerts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Ecart.App.Serve.Access;

/// <summary>Signing in and out, choosing a password, who one is, and the audit log. Thread-safe.</summary>
internal sealed class AccessEndpoints(string connectionString, HttpOptions options) : IDisposable
{
    private const string Home = "/console/home";
    private const int ShownAuditEntries = 50;
    private const int MostAuditEntries = 1000;
    private readonly SignInLimiter limiter = new();
    private readonly UserStore users = new(connectionString);
    private readonly SessionStore sessions = new(connectionString);
    private readonly InvitationStore invitations = new(connectionString);
    private readonly AuditLog audit = new(connectionString);
    private readonly AlertBoard alerts = new(connectionString);

    private TimeSpan Lifetime => TimeSpan.FromHours(options.SessionHours);

    /// <summary>Adds the endpoints.</summary>
    public void Map(IEndpointRouteBuilder application)
    {
        application.MapGet("/console", () => Results.Redirect(Home)).Allow(AccessRule.Open).ExcludeFromDescription();
        application.MapGet(Home, (Delegate)ShowHomeAsync).AllowPage(AccessRole.Viewer).ExcludeFromDescription();
        application.MapGet("/console/sign-in", ShowSignIn).Allow(AccessRule.Open).ExcludeFromDescription();
        application.MapPost("/console/sign-in", (Delegate)SignInAsync).Allow(AccessRule.Open).ExcludeFromDescription();
        application.MapPost("/console/sign-out", (Delegate)SignOutAsync).AllowPage(AccessRole.Viewer).ExcludeFromDescription();
        application.MapPost("/console/language", (Delegate)SetLanguageAsync).Allow(AccessRule.Open).ExcludeFromDescription();
        application.MapGet("/console/invitation/{secret}", ShowInvitationAsync).Allow(AccessRule.Open).ExcludeFromDescription();
        application.MapPost("/console/invitation/{secret}", RedeemAsync).Allow(AccessRule.Open).ExcludeFromDescription();
        application.MapGet("/v1/me", Me).Allow(AccessRole.Viewer);
        application.MapGet("/v1/audit", (Delegate)ReadAuditAsync).Allow(AccessRole.Admin);
    }

    /// <inheritdoc/>
    public void Dispose() => limiter.Dispose();

    private static RazorComponentResult<SignInPage> ShowSignIn(HttpContext context) => SignInPage(context, null, null, context.Request.Query["return"]);

    private async Task<IResult> SignInAsync(HttpContext context)
    {
        IFormCollection form = await FormBody.ReadAsync(context).ConfigureAwait(false);
        string name = form["name"].ToString().Trim().ToLowerInvariant();
        string password = form["password"].ToString();
        string address = AddressOf(context);
        string shown = AccountName.IsName(name) ? name : "(no name)";
        if (!limiter.TryTake(address, shown))
        {
            // A thousand wrong passwords must not make a thousand rows.
            if (limiter.IsToBeTold(address))
            {
                var told = new Dictionary<string, string> { ["address"] = address };
                await audit.AppendAsync(shown, "sign_in_refused", "user", shown, told, context.RequestAborted).ConfigureAwait(false);
                Output.Warning($"too many sign-ins for '{shown}' from {address}: refused.");
            }

            return TooMany(context, name, form);
        }

        UserAccount? user = AccountName.IsName(name) ? await users.FindAsync(name, context.RequestAborted).ConfigureAwait(false) : null;
        bool isPossible = password.Length <= Passwords.Longest;
        (bool isDone, (bool IsRight, string? Stronger) check) = await limiter.HashAsync(
            () => Passwords.Check(isPossible ? user : null, isPossible ? password : ""), context.RequestAborted).ConfigureAwait(false);
        if (!isDone) return TooMany(context, name, form);
        if (!check.IsRight)
        {
            var detail = new Dictionary<string, string> { ["address"] = address };
            await audit.AppendAsync(shown, "sign_in_failed", "user", shown, detail, context.RequestAborted).ConfigureAwait(false);
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return SignInPage(context, "sign_in.wrong", name, form["return"]);
        }

        if (check.Stronger is { } stronger) await users.StrengthenAsync(user!.Id, user.PasswordHash!, stronger, context.RequestAborted).ConfigureAwait(false);
        await BeginSessionAsync(context, user!).ConfigureAwait(false);
        return Results.Redirect(Within(form["return"]));
    }

    private async Task<IResult> SignOutAsync(HttpContext context)
    {
        if (Principal.Of(context) is { SessionSecret: { } secret } principal)
            await sessions.EndAsync(Secret.Hash(secret), principal.Actor, context.RequestAborted).ConfigureAwait(false);
        SessionCookie.Delete(context);
        return Results.Redirect("/console/sign-in");
    }

    private static async Task<IResult> SetLanguageAsync(HttpContext context)
    {
        IFormCollection form = await FormBody.ReadAsync(context).ConfigureAwait(false);
        if (Language.Find(form["language"]) is { } language)
        {
            context.Response.Cookies.Append(
                Language.CookieName, language.Code, new CookieOptions { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, HttpOnly = true, Secure = context.Request.IsHttps });
        }

        return Results.Redirect(Within(form["return"]));
    }

    private async Task<IResult> ShowInvitationAsync(string secret, HttpContext context)
    {
        string? name = await invitations.FindAsync(Secret.Hash(secret), context.RequestAborted).ConfigureAwait(false);
        if (name is null) context.Response.StatusCode = StatusCodes.Status404NotFound;
        return InvitationPage(context, name, null);
    }

    private async Task<IResult> RedeemAsync(string secret, HttpContext context)
    {
        if (!limiter.TryTake(AddressOf(context), "(invitation)")) return TooMany(context, "", null);
        IFormCollection form = await FormBody.ReadAsync(context).ConfigureAwait(false);
        string password = form["password"].ToString();
        byte[] hash = Secret.Hash(secret);
        string? fault = !Passwords.IsPossible(password) ? "password.length" : password != form["again"] ? "password.differs" : null;
        if (fault is not null)
        {
            context.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return InvitationPage(context, await invitations.FindAsync(hash, context.RequestAborted).ConfigureAwait(false), fault);
        }

        (bool isDone, string? passwordHash) = await limiter.HashAsync(() => Passwords.Hash(password), context.RequestAborted).ConfigureAwait(false);
        if (!isDone) return TooMany(context, "", null);
        string? name = await invitations.RedeemAsync(hash, passwordHash!, context.RequestAborted).ConfigureAwait(false);
        if (name is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return InvitationPage(context, null, null);
        }

        await BeginSessionAsync(context, (await users.FindAsync(name, context.RequestAborted).ConfigureAwait(false))!).ConfigureAwait(false);
        return Results.Redirect(Home);
    }

    /// <summary>A new secret each time: one that was planted before is worth nothing.</summary>
    private async Task BeginSessionAsync(HttpContext context, UserAccount user)
    {
        string secret = Secret.Make();
        await sessions.BeginAsync(user, Secret.Hash(secret), Lifetime, AddressOf(context), context.RequestAborted).ConfigureAwait(false);
        SessionCookie.Set(context, secret, Lifetime);
    }

    private async Task<IResult> ShowHomeAsync(HttpContext context)
    {
        Principal principal = Principal.Of(context)!;
        IReadOnlyList<AuditEntry>? entries = principal.Role == AccessRole.Admin
            ? await audit.ReadAsync(ShownAuditEntries, context.RequestAborted).ConfigureAwait(false)
            : null;
        return new RazorComponentResult<HomePage>(new Dictionary<string, object?>
        {
            ["Language"] = Language.Of(context.Request),
            ["Principal"] = principal,
            ["Alerts"] = await alerts.CountAsync(context.RequestAborted).ConfigureAwait(false),
            ["Audit"] = entries,
        });
    }

    private static IResult Me(HttpContext context)
    {
        Principal principal = Principal.Of(context)!;
        return Results.Json(new Dictionary<string, string> { ["name"] = principal.Actor, ["role"] = Names.Of(principal.Role) });
    }

    private async Task<IResult> ReadAuditAsync(HttpContext context)
    {
        IReadOnlyList<AuditEntry> entries = await audit.ReadAsync(MostAuditEntries, context.RequestAborted).ConfigureAwait(false);
        return Results.Json(
            new { entries = entries.Select(entry => new { id = entry.Id, at = entry.OccurredAt, actor = entry.Actor, action = entry.Action, subject_type = entry.SubjectType, subject_id = entry.SubjectId, detail = entry.Detail }) });
    }

    private static RazorComponentResult<SignInPage> TooMany(HttpContext context, string name, IFormCollection? form)
    {
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.Response.Headers.RetryAfter = SignInLimiter.SecondsPerTry.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return SignInPage(context, "sign_in.too_many", name, form?["return"]);
    }

    private static RazorComponentResult<SignInPage> SignInPage(HttpContext context, string? fault, string? name, string? wanted) =>
        new(new Dictionary<string, object?> { ["Language"] = Language.Of(context.Request), ["Fault"] = fault, ["Name"] = name, ["Return"] = Within(wanted) });

    private static RazorComponentResult<InvitationPage> InvitationPage(HttpContext context, string? name, string? fault) =>
        new(new Dictionary<string, object?> { ["Language"] = Language.Of(context.Request), ["Name"] = name, ["Fault"] = fault });

    /// <summary>Only a page of the console: a link must not lead through the sign-in to another site.</summary>
    private static string Within(string? path) =>
        path is not null && path.StartsWith("/console/", StringComparison.Ordinal) && !path.AsSpan().ContainsAny('\\', '\r', '\n') ? path : Home;

    private static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "unknown";
}
