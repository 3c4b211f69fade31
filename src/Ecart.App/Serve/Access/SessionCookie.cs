using Microsoft.AspNetCore.Http;

namespace Ecart.App.Serve.Access;

/// <summary>The cookie that carries a session's secret.</summary>
internal static class SessionCookie
{
    /// <summary>Its name.</summary>
    public const string Name = "ecart_session";

    /// <summary>Gives it to a browser: no script can read it, and no other site's form sends it.</summary>
    public static void Set(HttpContext context, string secret, TimeSpan lifetime) =>
        context.Response.Cookies.Append(Name, secret, Options(context, lifetime));

    /// <summary>Takes it back.</summary>
    public static void Delete(HttpContext context) => context.Response.Cookies.Delete(Name, Options(context, null));

    private static CookieOptions Options(HttpContext context, TimeSpan? lifetime) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
        Path = "/",
        MaxAge = lifetime,
        IsEssential = true,
    };
}
