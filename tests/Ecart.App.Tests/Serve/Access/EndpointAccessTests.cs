using System.Net;
using Ecart.App.Serve.Access;
using Ecart.MariaDb.Access;
using Ecart.TestKit;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Xunit;

namespace Ecart.App.Tests.Serve.Access;

/// <summary>Every endpoint and every role, strangers included, against the table below.</summary>
public sealed class EndpointAccessTests(MariaDbFixture server)
{
    /// <summary>Method, pattern, a path that it matches, least role; null: everybody.</summary>
    private static readonly (string Method, string Pattern, string Path, AccessRole? Least)[] Table =
    [
        ("POST", "/v1/events", "/v1/events", null),
        ("POST", "/v1/labels", "/v1/labels", null),
        ("GET", "/v1/openapi.json", "/v1/openapi.json", null),
        ("GET", "/v1/me", "/v1/me", AccessRole.Viewer),
        ("GET", "/v1/audit", "/v1/audit", AccessRole.Admin),
        ("GET", "/v1/alerts", "/v1/alerts", AccessRole.Viewer),
        ("GET", "/v1/alerts/counts", "/v1/alerts/counts", AccessRole.Viewer),
        ("GET", "/v1/alerts/{id}", "/v1/alerts/1", AccessRole.Viewer),
        ("GET", "/v1/alerts/{id}/history", "/v1/alerts/1/history", AccessRole.Viewer),
        ("POST", "/v1/alerts/actions", "/v1/alerts/actions", AccessRole.Analyst),
        ("GET", "/v1/live", "/v1/live", AccessRole.Viewer),
        ("GET", "/console/alerts", "/console/alerts", AccessRole.Viewer),
        ("GET", "/console/alerts/{id}", "/console/alerts/1", AccessRole.Viewer),
        ("POST", "/console/alerts/actions", "/console/alerts/actions", AccessRole.Analyst),
        ("GET", "/v1/calibration", "/v1/calibration", AccessRole.Viewer),
        ("POST", "/v1/calibration/proposals", "/v1/calibration/proposals", AccessRole.Analyst),
        ("POST", "/v1/calibration/backtests", "/v1/calibration/backtests", AccessRole.Analyst),
        ("POST", "/v1/calibration/candidates", "/v1/calibration/candidates", AccessRole.Analyst),
        ("POST", "/v1/calibration/candidates/{id}/withdraw", "/v1/calibration/candidates/1/withdraw", AccessRole.Analyst),
        ("POST", "/v1/calibration/apply", "/v1/calibration/apply", AccessRole.Admin),
        ("POST", "/v1/calibration/rollback", "/v1/calibration/rollback", AccessRole.Admin),
        ("GET", "/v1/metrics/daily", "/v1/metrics/daily", AccessRole.Viewer),
        ("GET", "/v1/metrics/health", "/v1/metrics/health", AccessRole.Viewer),
        ("GET", "/console/calibration", "/console/calibration", AccessRole.Viewer),
        ("GET", "/console/calibration/proposal", "/console/calibration/proposal", AccessRole.Analyst),
        ("GET", "/console/calibration/backtest", "/console/calibration/backtest", AccessRole.Analyst),
        ("POST", "/console/calibration/shadow", "/console/calibration/shadow", AccessRole.Analyst),
        ("POST", "/console/calibration/withdraw", "/console/calibration/withdraw", AccessRole.Analyst),
        ("POST", "/console/calibration/apply", "/console/calibration/apply", AccessRole.Admin),
        ("POST", "/console/calibration/rollback", "/console/calibration/rollback", AccessRole.Admin),
        ("GET", "/console/metrics", "/console/metrics", AccessRole.Viewer),
        ("GET", "/console", "/console", null),
        ("GET", "/console/home", "/console/home", AccessRole.Viewer),
        ("GET", "/console/sign-in", "/console/sign-in", null),
        ("POST", "/console/sign-in", "/console/sign-in", null),
        ("POST", "/console/sign-out", "/console/sign-out", AccessRole.Viewer),
        ("POST", "/console/language", "/console/language", null),
        ("GET", "/console/invitation/{secret}", "/console/invitation/x", null),
        ("POST", "/console/invitation/{secret}", "/console/invitation/x", null),
        ("GET", "/console/assets/{name}", "/console/assets/console.css", null),
        ("GET", "/v1/exceptions", "/v1/exceptions", AccessRole.Viewer),
        ("POST", "/v1/exceptions", "/v1/exceptions", AccessRole.Analyst),
        ("POST", "/v1/exceptions/preview", "/v1/exceptions/preview", AccessRole.Analyst),
        ("GET", "/v1/exceptions/suggestion", "/v1/exceptions/suggestion?alert=1", AccessRole.Viewer),
        ("GET", "/v1/exceptions/{id:long}", "/v1/exceptions/1", AccessRole.Viewer),
        ("GET", "/v1/exceptions/{id:long}/events", "/v1/exceptions/1/events", AccessRole.Viewer),
        ("POST", "/v1/exceptions/{id:long}/approve", "/v1/exceptions/1/approve", AccessRole.Analyst),
        ("POST", "/v1/exceptions/{id:long}/revoke", "/v1/exceptions/1/revoke", AccessRole.Analyst),
        ("GET", "/console/exceptions", "/console/exceptions", AccessRole.Viewer),
        ("GET", "/console/exceptions/new", "/console/exceptions/new", AccessRole.Analyst),
        ("POST", "/console/exceptions/new", "/console/exceptions/new", AccessRole.Analyst),
        ("GET", "/console/exceptions/{id:long}", "/console/exceptions/1", AccessRole.Viewer),
        ("POST", "/console/exceptions/{id:long}/approve", "/console/exceptions/1/approve", AccessRole.Analyst),
        ("POST", "/console/exceptions/{id:long}/revoke", "/console/exceptions/1/revoke", AccessRole.Analyst),
        ("GET", "/v1/entities", "/v1/entities", AccessRole.Viewer),
        ("GET", "/v1/entities/{domain}/{entityType}/{**entityId}", "/v1/entities/transactions/account/A1", AccessRole.Viewer),
        ("GET", "/console/entities", "/console/entities", AccessRole.Viewer),
        ("GET", "/console/entities/{domain}/{entityType}/{**entityId}", "/console/entities/transactions/account/A1", AccessRole.Viewer),
        ("GET", "/health/live", "/health/live", null),
        ("GET", "/health/ready", "/health/ready", null),
        ("*", "/metrics", "/metrics", null),
    ];

    private static readonly HttpStatusCode[] Refusals = [HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Endpoints_AllOfThem_AreInTheTable()
    {
        await using RunningService service = await RunningService.StartAsync(server);

        string[] actual =
        [
            .. service.Endpoints.OfType<RouteEndpoint>().SelectMany(endpoint =>
                (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["*"]).Select(method => $"{method} {endpoint.RoutePattern.RawText}")),
        ];

        Assert.Equal(Table.Select(row => $"{row.Method} {row.Pattern}").Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));
        Assert.All(service.Endpoints, endpoint => Assert.NotNull(endpoint.Metadata.GetMetadata<AccessRule>()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(AccessRole.Viewer)]
    [InlineData(AccessRole.Analyst)]
    [InlineData(AccessRole.Admin)]
    public async Task Endpoints_ByRole_AnswerOrRefuse(AccessRole? role)
    {
        await using RunningService service = await RunningService.StartAsync(server);
        using Visitor program = await Visitor.ProgramAsync(service, role);

        foreach ((string method, string pattern, string path, AccessRole? least) in Table)
        {
            using HttpResponseMessage answer = await program.SendAsync(method == "*" ? "GET" : method, path, method == "POST" && path.StartsWith("/v1/", StringComparison.Ordinal) ? "{}" : null);
            bool isPage = pattern.StartsWith("/console/", StringComparison.Ordinal) && method == "GET" && least is not null;
            // An empty sign-in is refused for its password, whoever asks.
            bool isRefused = pattern != "/console/sign-in" && (Refusals.Contains(answer.StatusCode)
                || (isPage && answer.StatusCode == HttpStatusCode.Redirect && answer.Headers.Location!.OriginalString.StartsWith("/console/sign-in?", StringComparison.Ordinal)));
            bool isExpected = least is { } needed && !(role >= needed);
            Assert.True(isRefused == isExpected, $"{method} {pattern} answered {(int)answer.StatusCode} to {role?.ToString() ?? "a stranger"}");
            if (isRefused && !isPage) Assert.Equal(role is null ? HttpStatusCode.Unauthorized : HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData(AccessRole.Viewer, HttpStatusCode.Forbidden)]
    [InlineData(AccessRole.Analyst, HttpStatusCode.OK)]
    [InlineData(AccessRole.Admin, HttpStatusCode.OK)]
    public async Task Events_KeyRequired_NeedAnAnalyst(AccessRole? role, HttpStatusCode expected)
    {
        await using RunningService service = await RunningService.StartAsync(server, options => options.Http.RequireKey = true);
        using Visitor program = await Visitor.ProgramAsync(service, role);

        (HttpStatusCode events, _) = await program.AskAsync("POST", "/v1/events", Posted.Event("E1"));
        (HttpStatusCode labels, _) = await program.AskAsync("POST", "/v1/labels", Posted.Label("E1", true));

        Assert.Equal([expected, expected], new[] { events, labels });
        Assert.Equal(expected == HttpStatusCode.OK ? 1 : 0, await service.CountAsync("SELECT COUNT(*) FROM financial_transactions"));
    }

    [Fact]
    public async Task Key_Revoked_IsRefusedWithinSeconds()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        var keys = new KeyStore(service.Database);
        string secret = Secret.KeyPrefix + Secret.Make();
        await keys.AddAsync("probe", AccessRole.Viewer, Secret.Hash(secret), "test", Cancellation);
        using Visitor program = Visitor.Stranger(service);
        program.Send(secret);
        Assert.Equal(HttpStatusCode.OK, (await program.AskAsync("GET", "/v1/me")).Status);

        await keys.RevokeAsync("probe", "test", Cancellation);
        var waited = System.Diagnostics.Stopwatch.StartNew();
        while ((await program.AskAsync("GET", "/v1/me")).Status != HttpStatusCode.Unauthorized) await Task.Delay(50, Cancellation);

        Assert.True(waited.Elapsed < KnownKeys.Fresh + TimeSpan.FromSeconds(3), $"{waited.Elapsed}");
        Assert.False(await keys.AddAsync("probe", AccessRole.Admin, Secret.Hash(Secret.Make()), "test", Cancellation));
    }

    [Fact]
    public async Task Key_StoreGoesAway_StillGetsDecisionsByPolicy()
    {
        await using RunningService service = await RunningService.StartAsync(server, options => options.Http.RequireKey = true);
        using Visitor program = await Visitor.ProgramAsync(service, AccessRole.Analyst);
        Assert.Equal(HttpStatusCode.OK, (await program.AskAsync("POST", "/v1/events", Posted.Event("E1"))).Status);
        service.Gate.Shut();
        await service.WaitForAsync("/health/ready", HttpStatusCode.ServiceUnavailable);
        await Task.Delay(KnownKeys.Fresh, Cancellation);

        (HttpStatusCode status, System.Text.Json.JsonElement json) = await program.AskAsync("POST", "/v1/events?budget_ms=50", Posted.Event("E2", minute: 1));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.True(json.GetProperty("degraded").GetBoolean());
    }
}
