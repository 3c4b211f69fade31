using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ecart.App.Serve.Access;
using Ecart.App.Serve.Api.Idempotency;
using Ecart.App.Serve.Http;
using Ecart.MariaDb.Access;
using Ecart.MariaDb.Requests;
using Ecart.MariaDb.Schema;
using Ecart.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using MySqlConnector;
using Xunit;

namespace Ecart.App.Tests.Serve.Api;

/// <summary>Requests under a key, against an endpoint that adds a user: that cannot be done twice unseen.</summary>
public sealed class IdempotencyTests(MariaDbFixture server) : IAsyncLifetime
{
    private static readonly TimeSpan Hold = TimeSpan.FromMinutes(1);
    private readonly SemaphoreSlim arrived = new(0);
    private readonly SemaphoreSlim goOn = new(0);
    private readonly HttpClient client = new();
    private WebApplication application = null!;
    private string database = "";
    private volatile bool isHeld;
    private volatile Exception? failure;
    private int calls;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await server.CreateDatabaseAsync("requests", Cancellation);
        await new SchemaMigrator().MigrateAsync(database, false, null, Cancellation);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        application = builder.Build();
        var gate = new IdempotencyGate(new RequestStore(database, Hold));
        application.UseRouting();
        application.Use(next => context => RequestEdge.HandleAsync(context, next));
        application.Use(next => context =>
        {
            new Principal(context.Request.Headers["Who"].ToString() is { Length: > 0 } who ? who : "ada", AccessRole.Admin).Enter(context);
            return next(context);
        });
        application.Use(next => context => gate.HandleAsync(context, next));
        application.MapPost("/add", (Delegate)AddAsync).WithIdempotency();
        application.MapPost("/unmarked", (Delegate)AddAsync);
        await application.StartAsync(Cancellation);
        client.BaseAddress = new Uri(application.Urls.First());
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await application.DisposeAsync();
        arrived.Dispose();
        goOn.Dispose();
    }

    [Fact]
    public async Task SameKeyAndRequest_Again_AnswersTheSameAndDoesNothing()
    {
        (HttpStatusCode Status, string Text, bool IsReplay, string? Location) first = await PostAsync("k1", "grace");
        (HttpStatusCode Status, string Text, bool IsReplay, string? Location) again = await PostAsync("k1", "grace");

        Assert.Equal((HttpStatusCode.Created, false), (first.Status, first.IsReplay));
        Assert.Equal((HttpStatusCode.Created, true), (again.Status, again.IsReplay));
        Assert.Equal((first.Text, first.Location), (again.Text, again.Location));
        Assert.Equal(1, calls);
        Assert.Equal(["grace"], await NamesAsync());
    }

    [Fact]
    public async Task SameKeyAndOtherRequest_IsRefused()
    {
        await PostAsync("k1", "grace");

        (HttpStatusCode status, string text, _, _) = await PostAsync("k1", "linus");
        (HttpStatusCode elsewhere, _, _, _) = await PostAsync("k1", "grace", "/add?x=1");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (status, elsewhere));
        Assert.Contains("key_of_another", text, StringComparison.Ordinal);
        Assert.Equal("Idempotency-Key", JsonDocument.Parse(text).RootElement.GetProperty("field").GetString());
        Assert.Equal(["grace"], await NamesAsync());
    }

    [Fact]
    public async Task SameKey_OfSomebodyElse_IsAnotherKey()
    {
        await PostAsync("k1", "grace");

        (HttpStatusCode status, _, bool isReplay, _) = await PostAsync("k1", "linus", who: "bob");

        Assert.Equal((HttpStatusCode.Created, false), (status, isReplay));
    }

    [Fact]
    public async Task SameRequest_WhileItRuns_IsToldToWaitAndThenGetsItsAnswer()
    {
        isHeld = true;
        Task<(HttpStatusCode Status, string Text, bool, string?)> first = PostAsync("k1", "grace");
        await arrived.WaitAsync(Cancellation);

        (HttpStatusCode status, string text, _, _) = await PostAsync("k1", "grace");
        goOn.Release();
        await first;
        (HttpStatusCode after, _, bool isReplay, _) = await PostAsync("k1", "grace");

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("in_flight", text, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Created, true), (after, isReplay));
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task SameRequest_ManyAtOnce_IsDoneOnce()
    {
        (HttpStatusCode Status, string Text, bool IsReplay, string?)[] all = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => PostAsync("k1", "grace")));

        Assert.Equal(1, calls);
        Assert.All(all, answer => Assert.True(answer.Status == HttpStatusCode.Created || (answer.Status == HttpStatusCode.Conflict && answer.Text.Contains("in_flight", StringComparison.Ordinal)), answer.Text));
        Assert.Single(all, answer => answer is { Status: HttpStatusCode.Created, IsReplay: false });
        Assert.Equal(["grace"], await NamesAsync());
    }

    [Fact]
    public async Task FailedRequest_ThatChangedNothing_IsDoneWhenSentAgain()
    {
        failure = new InvalidOperationException("before the change");
        (HttpStatusCode failed, _, _, _) = await PostAsync("k1", "grace");
        failure = null;

        (HttpStatusCode status, _, bool isReplay, _) = await PostAsync("k1", "grace");

        Assert.Equal((HttpStatusCode.InternalServerError, HttpStatusCode.Created, false), (failed, status, isReplay));
    }

    [Fact]
    public async Task RefusedRequest_IsNotKept()
    {
        await PostAsync("k0", "grace");
        (HttpStatusCode taken, _, _, _) = await PostAsync("k1", "");
        (HttpStatusCode other, _, bool isReplay, _) = await PostAsync("k1", "linus");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.Created, false), (taken, other, isReplay));
    }

    [Fact]
    public async Task Crash_BeforeTheChange_LeavesTheRequestToBeDone()
    {
        RequestClaim dead = await ClaimAsDeadAsync("k1", "grace");

        (HttpStatusCode status, _, _, _) = await PostAsync("k1", "grace");

        Assert.Equal(HttpStatusCode.Created, status);
        // It was not dead, only slow: what it does now is rolled back.
        await Assert.ThrowsAsync<RequestTakenOverException>(() => dead.RunAsync(() => new UserStore(database).AddAsync("twice", AccessRole.Viewer, "test", Cancellation)));
        Assert.Equal(["grace"], await NamesAsync());
    }

    [Fact]
    public async Task Crash_AfterTheChange_IsToldAndNotDoneAgain()
    {
        RequestClaim dead = await ClaimAsDeadAsync("k1", "grace");
        await dead.RunAsync(() => new UserStore(database).AddAsync("grace", AccessRole.Viewer, "test", Cancellation));

        (HttpStatusCode status, string text, _, _) = await PostAsync("k1", "grace");

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("answer_lost", text, StringComparison.Ordinal);
        Assert.Equal(0, calls);
    }

    [Fact]
    public async Task Expired_IsForgottenAndCleaned()
    {
        await PostAsync("k1", "grace");
        await PostAsync("k2", "linus");
        await ReadAsync("UPDATE api_requests SET expires_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND");

        (HttpStatusCode status, _, bool isReplay, _) = await PostAsync("k1", "ken");

        Assert.Equal((HttpStatusCode.Created, false), (status, isReplay));
        Assert.Equal(["1"], await ReadAsync("SELECT COUNT(*) FROM api_requests"));
        Assert.Equal(["23"], await ReadAsync("SELECT TIMESTAMPDIFF(HOUR, UTC_TIMESTAMP(6), expires_at) FROM api_requests"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("with blank")]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    public async Task WrongKey_IsRefused(string key)
    {
        (HttpStatusCode status, string text, _, _) = await PostAsync(key, "grace");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("Idempotency-Key", text, StringComparison.Ordinal);
        Assert.Equal(0, calls);
    }

    [Fact]
    public async Task Unmarked_TakesNoKey()
    {
        await PostAsync("k1", "grace", "/unmarked");
        await PostAsync("k1", "linus", "/unmarked");

        Assert.Equal(2, calls);
        Assert.Equal(["0"], await ReadAsync("SELECT COUNT(*) FROM api_requests"));
    }

    private async Task<IResult> AddAsync(HttpContext context)
    {
        Interlocked.Increment(ref calls);
        using var reader = new StreamReader(context.Request.Body);
        string name = JsonDocument.Parse(await reader.ReadToEndAsync(Cancellation)).RootElement.GetProperty("name").GetString()!;
        if (isHeld)
        {
            arrived.Release();
            await goOn.WaitAsync(Cancellation);
        }

        if (failure is { } error) throw error;
        if (name.Length == 0) return Results.Json(new { title = "no name" }, statusCode: 422, contentType: "application/problem+json");
        bool isNew = await new UserStore(database).AddAsync(name, AccessRole.Viewer, "test", Cancellation);
        return isNew ? Results.Created("/users/" + name, new { name, call = calls }) : Results.Conflict(new { name });
    }

    /// <summary>A request that is taken for dead at once.</summary>
    private async Task<RequestClaim> ClaimAsDeadAsync(string key, string name)
    {
        byte[] request = SHA256.HashData(Encoding.UTF8.GetBytes($"POST /add\n{Body(name)}"));
        return (await new RequestStore(database, TimeSpan.Zero).ClaimAsync("ada", SHA256.HashData(Encoding.ASCII.GetBytes(key)), request, Cancellation)).Claim!;
    }

    private async Task<(HttpStatusCode Status, string Text, bool IsReplay, string? Location)> PostAsync(string key, string name, string path = "/add", string who = "ada")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(Body(name), Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        request.Headers.Add("Who", who);
        using HttpResponseMessage response = await client.SendAsync(request, Cancellation);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation), response.Headers.Contains("Idempotent-Replay"), response.Headers.Location?.OriginalString);
    }

    private static string Body(string name) => $$"""{"name": "{{name}}"}""";

    private Task<string[]> NamesAsync() => ReadAsync("SELECT name FROM access_users ORDER BY name");

    private async Task<string[]> ReadAsync(string sql)
    {
        await using var connection = new MySqlConnection(database);
        await connection.OpenAsync(Cancellation);
        await using var command = new MySqlCommand(sql, connection);
        await using MySqlDataReader row = await command.ExecuteReaderAsync(Cancellation);
        var rows = new List<string>();
        while (await row.ReadAsync(Cancellation)) rows.Add(row.GetValue(0).ToString()!);
        return [.. rows];
    }
}
