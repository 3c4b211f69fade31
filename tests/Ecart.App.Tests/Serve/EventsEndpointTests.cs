using System.Net;
using System.Text.Json;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests.Serve;

public sealed class EventsEndpointTests(MariaDbFixture server)
{
    private const string Events = "/v1/events";

    [Fact]
    public async Task Post_NewEvent_AnswersItsVerdictOnceItIsStored()
    {
        await using RunningService service = await RunningService.StartAsync(server);

        HttpAnswer answer = await service.PostAsync(Events, Posted.Event("E1", amount: 60_000));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("application/json", answer.ContentType);
        Assert.Equal(1, await service.CountAsync("SELECT COUNT(*) FROM financial_transactions WHERE transaction_id = 'E1' AND fraud_score = 0.5"));
        Assert.Equal("E1", answer.Text("event_uid"));
        Assert.Equal(0.5, answer.Json.GetProperty("score").GetDouble());
        Assert.InRange(answer.Json.GetProperty("rank_score").GetDouble(), 0, 1);
        Assert.True(answer.Is("is_anomaly"));
        Assert.False(answer.Is("duplicate"));
        Assert.Equal("medium", answer.Text("severity"));
        Assert.Equal("review", answer.Text("decision"));
        Assert.False(answer.Is("degraded"));
        Assert.Equal(JsonValueKind.Null, answer.Json.GetProperty("suppressed_by").ValueKind);
        Assert.Equal(1, answer.Json.GetProperty("versions").GetProperty("configuration").GetInt32());
        JsonElement high = Assert.Single(answer.Json.GetProperty("reasons").EnumerateArray(), reason => reason.GetProperty("type").GetString() == "high_amount");
        Assert.Equal(0.2, high.GetProperty("score").GetDouble());
        Assert.Contains("60000", high.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_SameEventAgain_AnswersItsFirstVerdict()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        HttpAnswer first = await service.PostAsync(Events, Posted.Event("E1", amount: 60_000));
        await service.PostAsync(Events, Posted.Event("E2", amount: 3, minute: 1));

        HttpAnswer again = await service.PostAsync(Events, Posted.Event("E1", amount: 60_000));

        Assert.Equal(HttpStatusCode.OK, again.Status);
        Assert.True(again.Is("duplicate"));
        foreach (JsonProperty member in first.Json.EnumerateObject().Where(member => member.Name != "duplicate"))
            Assert.Equal(member.Value.GetRawText(), again.Json.GetProperty(member.Name).GetRawText());
        Assert.Equal(2, await service.CountAsync("SELECT COUNT(*) FROM financial_transactions"));
    }

    [Fact]
    public async Task Post_KnownUidWithOtherContent_IsAConflict()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        await service.PostAsync(Events, Posted.Event("E1", amount: 10));

        HttpAnswer answer = await service.PostAsync(Events, Posted.Event("E1", amount: 11));

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Equal("application/problem+json", answer.ContentType);
        Assert.Equal("urn:ecart:problem:conflicting_duplicate", answer.Text("type"));
        Assert.Equal("E1", answer.Text("event_uid"));
        Assert.Contains("uid of its own", answer.Text("detail"), StringComparison.Ordinal);
        Assert.Equal(1, await service.CountAsync("SELECT COUNT(*) FROM rejected_events WHERE reason = 'conflicting_duplicate' AND event_uid = 'E1'"));
    }

    [Theory]
    [InlineData("""{"event_uid": "E1", "account": "A1", "occurred_at": "2026-03-01T10:00:00Z", "amount": "ten"}""", "wrong_type", "amount", "ten")]
    [InlineData("""{"event_uid": "E1", "occurred_at": "2026-03-01T10:00:00Z", "amount": 1}""", "missing_field", "account", null)]
    [InlineData("""{"account": "A1", "occurred_at": "2026-03-01T10:00:00Z", "amount": 1}""", "missing_field", "uid", null)]
    [InlineData("""{"event_uid": "E1", "amount": 1""", "malformed", null, """{"event_uid": "E1", "amount": 1""")]
    public async Task Post_BadEvent_NamesFieldValueAndRemedyAndKeepsIt(string json, string reason, string? field, string? value)
    {
        await using RunningService service = await RunningService.StartAsync(server);

        HttpAnswer answer = await service.PostAsync(Events, json);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal("application/problem+json", answer.ContentType);
        Assert.Equal(422, answer.Json.GetProperty("status").GetInt32());
        Assert.Equal("urn:ecart:problem:" + reason, answer.Text("type"));
        Assert.Equal(field, answer.Json.TryGetProperty("field", out JsonElement told) ? told.GetString() : null);
        Assert.Equal(value, answer.Json.TryGetProperty("value", out JsonElement shown) ? shown.GetString() : null);
        Assert.DoesNotContain("offset", answer.Text("detail"), StringComparison.Ordinal);
        Assert.Equal(1, await service.CountAsync($"SELECT COUNT(*) FROM rejected_events WHERE source = 'http' AND reason = '{reason}'"));
    }

    [Fact]
    public async Task Post_Batch_AnswersEachItemInOrder()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        await service.PostAsync(Events, Posted.Event("E1"));

        HttpAnswer answer = await service.PostAsync(
            Events, Posted.List(Posted.Event("E2", minute: 1), Posted.Event("E1"), """{"event_uid": "E3"}""", Posted.Event("E1", amount: 7), Posted.Event("E2", minute: 1)));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal([200, 200, 422, 409, 200], answer.Results.Select(result => result.GetProperty("status").GetInt32()));
        Assert.Equal(
            [false, true, true], answer.Results.Where(result => result.TryGetProperty("duplicate", out _)).Select(result => result.GetProperty("duplicate").GetBoolean()));
        Assert.Equal(answer.Results[0].GetProperty("score").GetDouble(), answer.Results[4].GetProperty("score").GetDouble());
        Assert.Equal(2, await service.CountAsync("SELECT COUNT(*) FROM financial_transactions"));
    }

    [Theory]
    [InlineData("/v1/events", "", 400)]
    [InlineData("/v1/events", "[]", 400)]
    [InlineData("/v1/events", "[{}, ", 400)]
    [InlineData("/v1/events?budget_ms=soon", "{}", 400)]
    [InlineData("/v1/events?budget_ms=0", "{}", 400)]
    [InlineData("/v1/events", "[{},{},{},{}]", 413)]
    public async Task Post_RequestThatCannotBeRead_TakesNothing(string path, string body, int status)
    {
        await using RunningService service = await RunningService.StartAsync(server, options => options.Http.MaximumItems = 3);

        HttpAnswer answer = await service.PostAsync(path, body);
        HttpAnswer tooLong = await service.PostAsync(Events, new string(' ', 5 << 20));

        Assert.Equal(status, (int)answer.Status);
        Assert.Equal("application/problem+json", answer.ContentType);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, tooLong.Status);
        Assert.Equal(0, await service.CountAsync("SELECT COUNT(*) FROM rejected_events"));
    }
}
