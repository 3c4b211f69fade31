using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Ecart.App.Serve.Access.OpenId;

/// <summary>
/// A sign-in that is under way at the other service. It is kept in the browser that began it, so that an answer counts in that browser alone and every node can take it.
/// </summary>
/// <param name="State">Must come back in the address.</param>
/// <param name="Nonce">Must come back in the token.</param>
/// <param name="Verifier">What proves that whoever has the code is who asked for it.</param>
/// <param name="Return">Where to go afterwards.</param>
internal sealed record OpenIdAttempt(string State, string Nonce, string Verifier, string Return)
{
    /// <summary>Path of the pages that the cookie is sent to.</summary>
    public const string Path = "/console/sign-in/openid";

    private const string CookieName = "ecart_openid";
    private const int Longest = 4096;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>A new one.</summary>
    public static OpenIdAttempt Begin(string goingTo) => new(Secret.Make(), Secret.Make(), Secret.Make(), goingTo);

    /// <summary>Gives it to the browser.</summary>
    public void Keep(HttpContext context) => context.Response.Cookies.Append(
        CookieName, System.Buffers.Text.Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(this)), Options(context, Lifetime));

    /// <summary>Takes it back, so that it counts once; null when this browser began none.</summary>
    public static OpenIdAttempt? Take(HttpContext context)
    {
        if (context.Request.Cookies[CookieName] is not { Length: > 0 and <= Longest } text) return null;
        context.Response.Cookies.Delete(CookieName, Options(context, null));
        try
        {
            return System.Buffers.Text.Base64Url.IsValid(text) ? JsonSerializer.Deserialize<OpenIdAttempt>(System.Buffers.Text.Base64Url.DecodeFromChars(text)) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static CookieOptions Options(HttpContext context, TimeSpan? lifetime) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
        Path = Path,
        MaxAge = lifetime,
        IsEssential = true,
    };
}
