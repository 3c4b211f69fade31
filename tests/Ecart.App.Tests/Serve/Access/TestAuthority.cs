using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace Ecart.App.Tests.Serve.Access;

/// <summary>A service that vouches for people, on this machine: discovery, keys, codes and tokens of OpenID Connect.</summary>
internal sealed class TestAuthority : IAsyncDisposable
{
    public const string ClientId = "ecart-console";
    public const string ClientSecret = "s3cret: with %signs";

    private readonly WebApplication application;
    private readonly Dictionary<string, (string Challenge, string Nonce, string RedirectUri)> codes = [];
    private RsaSecurityKey key = MakeKey("key-1");

    private TestAuthority(WebApplication application) => this.application = application;

    /// <summary>Its address.</summary>
    public string Address => application.Urls.First();

    /// <summary>Claims of whoever signs in.</summary>
    public Dictionary<string, object> Claims { get; } = new() { ["sub"] = "subject-1", ["preferred_username"] = "Grace", ["roles"] = new[] { "ecart-analyst", "others" } };

    /// <summary>Changes a token before it is signed.</summary>
    public Action<SecurityTokenDescriptor> Spoil { get; set; } = _ => { };

    /// <summary>Whether tokens have times where the descriptor names none.</summary>
    public bool HasDefaultTimes { get; set; } = true;

    /// <summary>Signs with this instead of its own key.</summary>
    public SigningCredentials? Foreign { get; set; }

    /// <summary>How its last caller has proved itself.</summary>
    public string? LastAuthorization { get; private set; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<TestAuthority> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var authority = new TestAuthority(builder.Build());
        authority.Map();
        await authority.application.StartAsync(Cancellation);
        return authority;
    }

    /// <summary>A key that nobody knows.</summary>
    public static RsaSecurityKey MakeKey(string id) => new(RSA.Create(2048)) { KeyId = id };

    /// <summary>Goes over to another key, as authorities do.</summary>
    public void Rotate() => key = MakeKey("key-2");

    /// <summary>What a person's browser does there: agrees, and is sent back.</summary>
    /// <returns>Path and query of where it is sent.</returns>
    public string Agree(string address)
    {
        Dictionary<string, Microsoft.Extensions.Primitives.StringValues> query = QueryHelpers.ParseQuery(new Uri(address).Query);
        Assert.StartsWith(Address + "/authorize?", address, StringComparison.Ordinal);
        Assert.Equal(("code", ClientId, "S256", "openid profile"), (query["response_type"].ToString(), query["client_id"].ToString(), query["code_challenge_method"].ToString(), query["scope"].ToString()));
        string code = Guid.NewGuid().ToString("N");
        codes[code] = (query["code_challenge"].ToString(), query["nonce"].ToString(), query["redirect_uri"].ToString());
        return $"{new Uri(query["redirect_uri"].ToString()).AbsolutePath}?code={code}&state={Uri.EscapeDataString(query["state"].ToString())}";
    }

    public ValueTask DisposeAsync() => application.DisposeAsync();

    private void Map()
    {
        application.MapGet("/.well-known/openid-configuration", () => new Dictionary<string, object>
        {
            ["issuer"] = Address,
            ["authorization_endpoint"] = Address + "/authorize",
            ["token_endpoint"] = Address + "/token",
            ["jwks_uri"] = Address + "/keys",
            ["response_types_supported"] = new[] { "code" },
            ["subject_types_supported"] = new[] { "public" },
            ["id_token_signing_alg_values_supported"] = new[] { "RS256" },
        });
        application.MapGet("/keys", () =>
        {
            RSAParameters open = key.Rsa.ExportParameters(false);
            return new
            {
                keys = new[] { new { kty = "RSA", use = "sig", alg = "RS256", kid = key.KeyId, n = Base64UrlEncoder.Encode(open.Modulus), e = Base64UrlEncoder.Encode(open.Exponent) } },
            };
        });
        application.MapPost("/token", (Delegate)AnswerAsync);
    }

    private async Task<IResult> AnswerAsync(HttpContext context)
    {
        IFormCollection form = await context.Request.ReadFormAsync(Cancellation);
        LastAuthorization = context.Request.Headers.Authorization;
        string expected = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(ClientId)}:{Uri.EscapeDataString(ClientSecret)}"));
        if (LastAuthorization != expected) return Results.Unauthorized();
        if (!codes.Remove(form["code"].ToString(), out (string Challenge, string Nonce, string RedirectUri) begun)) return Results.BadRequest(new { error = "invalid_grant" });
        string challenge = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
        if (challenge != begun.Challenge || form["redirect_uri"] != begun.RedirectUri) return Results.BadRequest(new { error = "invalid_grant" });
        DateTime now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var token = new SecurityTokenDescriptor
        {
            Issuer = Address,
            Audience = ClientId,
            IssuedAt = now,
            NotBefore = now,
            Expires = now.AddMinutes(5),
            Claims = new Dictionary<string, object>(Claims) { ["nonce"] = begun.Nonce },
            SigningCredentials = Foreign ?? new SigningCredentials(key, SecurityAlgorithms.RsaSha256),
        };
        Spoil(token);
        return Results.Json(new { access_token = "unused", token_type = "Bearer", id_token = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = HasDefaultTimes }.CreateToken(token) });
    }
}
