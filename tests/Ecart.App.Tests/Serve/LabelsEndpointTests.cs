using System.Net;
using System.Text.Json;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests.Serve;

public sealed class LabelsEndpointTests(MariaDbFixture server)
{
    private const string Labels = "/v1/labels";

    [Fact]
    public async Task Post_LabelThenCorrection_BothEnterTheLog()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        await service.PostAsync("/v1/events", Posted.Event("E1"));

        HttpAnswer fraud = await service.PostAsync(Labels, Posted.Label("E1", true));
        HttpAnswer again = await service.PostAsync(Labels, Posted.Label("E1", true));
        HttpAnswer corrected = await service.PostAsync(Labels, Posted.Label("E1", false));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK], new[] { fraud.Status, again.Status, corrected.Status });
        Assert.Equal([false, true, false], new[] { fraud, again, corrected }.Select(answer => answer.Is("duplicate")));
        Assert.Equal(
            1, await service.CountAsync("SELECT COUNT(*) FROM event_labels WHERE event_uid = 'E1' AND is_fraud AND previous IS NULL AND source = 'chargeback'"));
        Assert.Equal(1, await service.CountAsync("SELECT COUNT(*) FROM event_labels WHERE event_uid = 'E1' AND NOT is_fraud AND previous"));
        Assert.Equal(
            1, await service.CountAsync("SELECT COUNT(*) FROM financial_transactions WHERE is_confirmed_fraud = 0 AND label_known_at = '2026-03-05 08:00:00'"));
    }

    [Fact]
    public async Task Post_UnknownEvent_IsNotFound()
    {
        await using RunningService service = await RunningService.StartAsync(server);

        HttpAnswer answer = await service.PostAsync(Labels, Posted.Label("nobody", true));

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Equal("application/problem+json", answer.ContentType);
        Assert.Equal("nobody", answer.Text("event_uid"));
        Assert.Equal(1, await service.CountAsync("SELECT COUNT(*) FROM rejected_events WHERE reason = 'unknown_event'"));
    }

    [Theory]
    [InlineData("""{"is_fraud": true}""", "event_uid")]
    [InlineData("""{"event_uid": "E1"}""", "is_fraud")]
    [InlineData("""{"event_uid": "E1", "is_fraud": "yes"}""", "is_fraud")]
    [InlineData("""{"event_uid": "E1", "is_fraud": true, "known_at": "soon"}""", "known_at")]
    [InlineData("""{"event_uid": "E1", "is_fraud": true, "known_at": "2999-01-01T00:00:00Z"}""", "known_at")]
    [InlineData("""{"event_uid": "E1", "is_fraud": true, "domain": "network"}""", "domain")]
    [InlineData("""{"event_uid": "E1", "is_fraud": true, "isfraud": false}""", "isfraud")]
    [InlineData("""{"event_uid": "E1", "is_fraud": true} {}""", null)]
    [InlineData("true", null)]
    public async Task Post_BadLabel_NamesTheFieldAndKeepsIt(string json, string? field)
    {
        await using RunningService service = await RunningService.StartAsync(server);

        HttpAnswer answer = await service.PostAsync(Labels, json);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(field, answer.Json.TryGetProperty("field", out JsonElement told) ? told.GetString() : null);
        Assert.Equal(1, await service.CountAsync("SELECT COUNT(*) FROM rejected_events WHERE source = 'http'"));
    }

    [Fact]
    public async Task Post_Batch_AnswersEachLabel()
    {
        await using RunningService service = await RunningService.StartAsync(server);
        await service.PostAsync("/v1/events", Posted.List(Posted.Event("E1"), Posted.Event("E2", minute: 1)));

        HttpAnswer answer = await service.PostAsync(
            Labels, Posted.List(Posted.Label("E1", true), Posted.Label("nobody", true), "7", Posted.Label("E2", false), Posted.Label("E1", false)));

        Assert.Equal([200, 404, 422, 200, 200], answer.Results.Select(result => result.GetProperty("status").GetInt32()));
        Assert.Equal(3, await service.CountAsync("SELECT COUNT(*) FROM event_labels"));
    }
}
