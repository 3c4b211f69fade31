using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Ecart.App.Serve.Access;
using Ecart.MariaDb.Access;
using Xunit;

namespace Ecart.App.Tests.Serve.Access;

/// <summary>Somebody who asks a running service: a stranger, a program with a key, or a person in a session.</summary>
internal sealed class Visitor : IDisposable
{
    public const string Password = "correct horse battery";

    private readonly CookieContainer cookies = new();
    private readonly HttpClient client;

    private Visitor(Uri address)
    {
        HttpClientHandler handler = TrustingHandler.Make();
        handler.CookieContainer = cookies;
        handler.AllowAutoRedirect = false;
        client = new HttpClient(handler) { BaseAddress = address };
    }

    /// <summary>The token of the session's pages; null without a session.</summary>
    public string? PageToken { get; set; }

    /// <summary>The value of the session's cookie; null without a session.</summary>
    public string? Session => cookies.GetCookies(client.BaseAddress!)[SessionCookie.Name]?.Value;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Nobody whom the service knows.</summary>
    public static Visitor Stranger(RunningService service) => new(service.Address);

    /// <summary>A program with a key of a role; null: a stranger.</summary>
    public static async Task<Visitor> ProgramAsync(RunningService service, AccessRole? role)
    {
        var visitor = new Visitor(service.Address);
        if (role is { } held)
        {
            string secret = Secret.KeyPrefix + Secret.Make();
            Assert.True(await new KeyStore(service.Database).AddAsync($"{held}-{Guid.NewGuid():N}".ToLowerInvariant(), held, Secret.Hash(secret), "test", Cancellation));
            visitor.Send(secret);
        }

        return visitor;
    }

    /// <summary>A person who signs in by the page.</summary>
    public static async Task<Visitor> SignedInAsync(RunningService service, string name, AccessRole role)
    {
        await AddUserAsync(service, name, role);
        var visitor = new Visitor(service.Address);
        using HttpResponseMessage answer = await visitor.SignInAsync(name, Password);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        visitor.PageToken = Secret.PageToken(visitor.Session!);
        return visitor;
    }

    /// <summary>Adds a user with <see cref="Password"/>.</summary>
    public static async Task AddUserAsync(RunningService service, string name, AccessRole role)
    {
        var users = new UserStore(service.Database);
        Assert.True(await users.AddAsync(name, role, "test", Cancellation));
        Assert.True(await users.SetPasswordAsync(name, Passwords.Hash(Password), "test", Cancellation));
    }

    /// <summary>Sends a key with everything from now on.</summary>
    public void Send(string key) => client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);

    /// <summary>Sends a cookie with everything from now on.</summary>
    public void SendSession(string secret) => cookies.Add(client.BaseAddress!, new Cookie(SessionCookie.Name, secret));

    /// <summary>Sends a header with everything from now on.</summary>
    public void SendHeader(string name, string value) => client.DefaultRequestHeaders.Add(name, value);

    /// <summary>Posts the form of the sign-in page.</summary>
    public Task<HttpResponseMessage> SignInAsync(string name, string password, string back = "") => PostFormAsync(
        "/console/sign-in", ("name", name), ("password", password), ("return", back));

    /// <summary>Posts a form.</summary>
    public async Task<HttpResponseMessage> PostFormAsync(string path, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await client.PostAsync(path, form, Cancellation);
    }

    /// <summary>Gets a page.</summary>
    public Task<HttpResponseMessage> GetAsync(string path) => client.GetAsync(path, Cancellation);

    /// <summary>Sends a request as a script of a page would, or as a program.</summary>
    public async Task<HttpResponseMessage> SendAsync(string method, string path, string? json = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (json is not null) request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        if (PageToken is { } token) request.Headers.Add(AccessGate.TokenHeader, token);
        foreach ((string name, string value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
    }

    /// <summary>Sends a request and reads the JSON of its answer.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Json)> AskAsync(string method, string path, string? json = null, params (string Name, string Value)[] headers)
    {
        using HttpResponseMessage answer = await SendAsync(method, path, json, headers);
        string text = await answer.Content.ReadAsStringAsync(Cancellation);
        using JsonDocument document = JsonDocument.Parse(text.Length == 0 ? "null" : text);
        return (answer.StatusCode, document.RootElement.Clone());
    }

    public void Dispose() => client.Dispose();
}
