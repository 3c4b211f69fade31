using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Ecart.App.Serve.Access.OpenId;

/// <summary>
/// The service that vouches for people: OpenID Connect Core 1.0, authorization code with PKCE (RFC 7636). Its keys are read where it says and again when a token names one
/// that is not known. Thread-safe.
/// </summary>
internal sealed class OpenIdAuthority : IDisposable
{
    private const int LongestAnswer = 256 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    /// <summary>Signatures by a key that the authority alone has; never "none", never a shared secret.</summary>
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384,
        SecurityAlgorithms.RsaSsaPssSha512, SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private readonly OpenIdOptions options;
    private readonly string? secret;
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Patience, MaxResponseContentBufferSize = LongestAnswer };
    private readonly string address;
    private readonly HttpDocumentRetriever documents;
    private readonly ConfigurationManager<OpenIdConnectConfiguration> configuration;
    private readonly JsonWebTokenHandler tokens = new() { MapInboundClaims = false };

    public OpenIdAuthority(OpenIdOptions options)
    {
        this.options = options;
        secret = options.ClientSecret is { } reference ? SecretText.Resolve("http.openid.client_secret", reference) : null;
        string authority = options.Authority!.TrimEnd('/');
        address = authority + "/.well-known/openid-configuration";
        documents = new HttpDocumentRetriever(http) { RequireHttps = authority.StartsWith("https:", StringComparison.OrdinalIgnoreCase) };
        configuration = new ConfigurationManager<OpenIdConnectConfiguration>(address, new OpenIdConnectConfigurationRetriever(), documents);
    }

    /// <summary>Where the browser is sent.</summary>
    public async Task<string> AddressAsync(OpenIdAttempt attempt, string redirectUri, CancellationToken cancellationToken)
    {
        OpenIdConnectConfiguration found = await ConfigurationAsync(cancellationToken).ConfigureAwait(false);
        return QueryHelpers.AddQueryString(found.AuthorizationEndpoint, new Dictionary<string, string?>
        {
            ["response_type"] = "code",
            ["client_id"] = options.ClientId,
            ["redirect_uri"] = redirectUri,
            ["scope"] = $"openid {options.Scope}".Trim(),
            ["state"] = attempt.State,
            ["nonce"] = attempt.Nonce,
            ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(attempt.Verifier))),
            ["code_challenge_method"] = "S256",
        });
    }

    /// <summary>Whom the authority vouches for by a code.</summary>
    /// <exception cref="OpenIdException">It does not.</exception>
    public async Task<OpenIdPerson> RedeemAsync(string code, OpenIdAttempt attempt, string redirectUri, CancellationToken cancellationToken)
    {
        OpenIdConnectConfiguration found = await ConfigurationAsync(cancellationToken).ConfigureAwait(false);
        string token = await ExchangeAsync(found, code, attempt, redirectUri, cancellationToken).ConfigureAwait(false);
        TokenValidationResult result = await tokens.ValidateTokenAsync(token, Expected(found)).ConfigureAwait(false);
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            // It has new keys. The manager reads them in the background, which is too late for whoever waits.
            configuration.RequestRefresh();
            OpenIdConnectConfiguration renewed = await ReadAsync(() => OpenIdConnectConfigurationRetriever.GetAsync(address, documents, cancellationToken), cancellationToken).ConfigureAwait(false);
            result = await tokens.ValidateTokenAsync(token, Expected(renewed)).ConfigureAwait(false);
        }

        if (!result.IsValid) throw new OpenIdException($"its token is refused: {result.Exception?.GetType().Name ?? "not valid"}");
        return Read((JsonWebToken)result.SecurityToken, attempt);
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private OpenIdPerson Read(JsonWebToken token, OpenIdAttempt attempt)
    {
        if (!Secret.AreEqual(Claim(token, "nonce"), attempt.Nonce)) throw new OpenIdException("its token answers another sign-in");
        if (token.Audiences.Count() > 1 && Claim(token, "azp") != options.ClientId) throw new OpenIdException("its token was made for another program");
        if (token.Subject is not { Length: > 0 } subject) throw new OpenIdException("its token names nobody");
        string name = Claim(token, options.NameClaim) ?? throw new OpenIdException($"its token has no claim {options.NameClaim}: see http.openid.name_claim");
        return new OpenIdPerson(token.Issuer, subject, name, [.. token.Claims.Where(claim => claim.Type == options.RoleClaim).Select(claim => claim.Value)]);
    }

    private static string? Claim(JsonWebToken token, string name) => token.TryGetPayloadValue(name, out string? value) ? value : null;

    private TokenValidationParameters Expected(OpenIdConnectConfiguration found) => new()
    {
        ValidIssuer = found.Issuer,
        ValidAudience = options.ClientId,
        IssuerSigningKeys = found.SigningKeys,
        ValidAlgorithms = Algorithms,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        ClockSkew = ClockSkew,
    };

    private async Task<string> ExchangeAsync(
        OpenIdConnectConfiguration found, string code, OpenIdAttempt attempt, string redirectUri, CancellationToken cancellationToken)
    {
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = redirectUri,
            ["client_id"] = options.ClientId,
            ["code_verifier"] = attempt.Verifier,
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, found.TokenEndpoint);
        if (secret is not null)
        {
            ICollection<string> methods = found.TokenEndpointAuthMethodsSupported;
            if (methods.Count > 0 && !methods.Contains("client_secret_basic") && methods.Contains("client_secret_post")) form["client_secret"] = secret;
            else request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Credentials(options.ClientId, secret));
        }

        request.Content = new FormUrlEncodedContent(form);
        try
        {
            using HttpResponseMessage response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode) throw new OpenIdException($"it answered {(int)response.StatusCode} to the code");
            using JsonDocument answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
            return answer.RootElement.GetProperty("id_token").GetString()!;
        }
        catch (Exception error) when (error is HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException || IsTimeout(error, cancellationToken))
        {
            throw new OpenIdException($"it did not answer the code: {error.Message}");
        }
    }

    private Task<OpenIdConnectConfiguration> ConfigurationAsync(CancellationToken cancellationToken) =>
        ReadAsync(() => configuration.GetConfigurationAsync(cancellationToken), cancellationToken);

    private static async Task<OpenIdConnectConfiguration> ReadAsync(Func<Task<OpenIdConnectConfiguration>> read, CancellationToken cancellationToken)
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (Exception error) when (error is InvalidOperationException or IOException or HttpRequestException || IsTimeout(error, cancellationToken))
        {
            throw new OpenIdException($"its configuration cannot be read: {error.Message}");
        }
    }

    private static bool IsTimeout(Exception error, CancellationToken cancellationToken) => error is OperationCanceledException && !cancellationToken.IsCancellationRequested;

    /// <summary>Both parts are form-encoded first (RFC 6749, 2.3.1).</summary>
    private static string Credentials(string id, string secret) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(id)}:{Uri.EscapeDataString(secret)}"));
}
