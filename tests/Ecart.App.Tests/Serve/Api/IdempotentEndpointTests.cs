using System.Net;
using System.Text.Json;
using Ecart.App.Serve.Api.Description;
using Ecart.App.Tests.Serve.Access;
using Ecart.MariaDb.Access;
using Ecart.TestKit;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Xunit;

namespace Ecart.App.Tests.Serve.Api;

/// <summary>Which endpoints take keys, and what a key does to some that really change something.</summary>
public sealed class IdempotentEndpointTests(MariaDbFixture server)
{
    /// <summary>Events and labels have uids; the others change nothing.</summary>
    private static readonly string[] WithoutKeys =
        ["/v1/events", "/v1/labels", "/v1/exceptions/preview", "/v1/calibration/proposals", "/v1/calibration/backtests"];

    [Fact]
    public async Task Endpoints_ThatChangeSomething_TakeKeys()
    {
        await using RunningService service = await RunningService.StartAsync(server);

        string[] without =
        [
            .. service.Endpoints.Where(OpenApiDocument.Holds).Cast<RouteEndpoint>()
                .Where(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods is not ["GET"] && !OpenApiDocument.IsIdempotent(endpoint))
                .Select(OpenApiDocument.PathOf),
        ];

        Assert.Equal(WithoutKeys.Order(StringComparer.Ordinal), without.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(
        "/v1/exceptions", """{"domain": "transactions", "entity_type": "account", "entity_id": "A1", "reason": "The holder buys a car.", "days": 7}""",
        HttpStatusCode.Created, "SELECT COUNT(*) FROM anomaly_exceptions")]
    [InlineData(
        "/v1/calibration/apply", """{"severity": {"flag": 0.55, "medium": 0.55, "high": 0.7, "critical": 0.85}, "reason": "Fewer alerts."}""",
        HttpStatusCode.OK, "SELECT COUNT(*) - 1 FROM configuration_versions")]
    [InlineData("/v1/alerts/actions", """{"action": "comment", "ids": [1], "note": "Called."}""", HttpStatusCode.OK, "SELECT COUNT(*) FROM alert_history")]
    public async Task Post_TwiceUnderAKey_IsDoneOnceAndAnsweredAlike(string path, string body, HttpStatusCode expected, string count)
    {
        await using RunningService service = await RunningService.StartAsync(server);
        using Visitor admin = await Visitor.ProgramAsync(service, AccessRole.Admin);
        await admin.AskAsync("POST", "/v1/events", Posted.Event("T1", 60000));

        (HttpStatusCode first, JsonElement answer) = await admin.AskAsync("POST", path, body, ("Idempotency-Key", "k1"));
        using HttpResponseMessage again = await admin.SendAsync("POST", path, body, ("Idempotency-Key", "k1"));
        using JsonDocument repeated = JsonDocument.Parse(await again.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        (HttpStatusCode other, JsonElement refusal) = await admin.AskAsync("POST", path, body + " ", ("Idempotency-Key", "k1"));

        Assert.True(first == expected, answer.GetRawText());
        Assert.Equal(expected, again.StatusCode);
        Assert.Equal("true", Assert.Single(again.Headers.GetValues("Idempotent-Replay")));
        Assert.True(JsonElement.DeepEquals(answer, repeated.RootElement));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "Idempotency-Key"), (other, refusal.GetProperty("field").GetString()));
        Assert.Equal(1, await service.CountAsync(count));
    }
}
