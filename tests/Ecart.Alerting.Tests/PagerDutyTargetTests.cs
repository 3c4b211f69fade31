using System.Globalization;
using System.Text;
using System.Text.Json;
using Ecart.Alerting.Messages;
using Ecart.Alerting.Targets;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Alerting.Tests;

/// <summary>What is sent, against the published format of the Events API v2.</summary>
public sealed class PagerDutyTargetTests : IAsyncLifetime
{
    private const string Key = "R0123456789abcdef0123456789abcde";
    private HttpReceiver receiver = null!;
    private PagerDutyTarget target = null!;

    public async ValueTask InitializeAsync()
    {
        receiver = await HttpReceiver.StartAsync();
        receiver.Reply = _ => new ReceiverReply(202, """{"status":"success","message":"Event processed","dedup_key":"k"}""");
        target = new PagerDutyTarget(new Uri(receiver.Address, "v2/enqueue"), Key, new Uri("https://ecart.example/alerts"), TimeSpan.FromSeconds(10), TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        await target.DisposeAsync();
        await receiver.DisposeAsync();
    }

    [Fact]
    public async Task Send_Trigger_HasEveryFieldOfTheFormat()
    {
        JsonElement body = await SendAsync(Messages.Of(AlertAction.Trigger));

        ReceivedRequest request = Assert.Single(receiver.Received);
        Assert.Equal(("POST", "/v2/enqueue"), (request.Method, request.Path));
        Assert.StartsWith("application/json", request.Headers["Content-Type"], StringComparison.Ordinal);
        Assert.Equal(["routing_key", "event_action", "dedup_key", "payload", "client", "client_url", "links"], body.Names());
        Assert.Equal((Key, "trigger", "ecart:transactions:E0"), (body.Text("routing_key"), body.Text("event_action"), body.Text("dedup_key")));
        Assert.Equal(("Ecart", "https://ecart.example/alerts"), (body.Text("client"), body.Text("client_url")));
        JsonElement link = Assert.Single(body.GetProperty("links").EnumerateArray());
        Assert.Equal(("https://ecart.example/alerts", "Alerts in Ecart"), (link.Text("href"), link.Text("text")));
        JsonElement payload = body.GetProperty("payload");
        Assert.Equal(["summary", "source", "severity", "timestamp", "component", "group", "class", "custom_details"], payload.Names());
        Assert.Equal("Critical alert, transactions, account A1 (score 0.90): 12 transactions within an hour, usually 0.2", payload.Text("summary"));
        Assert.Equal(("account A1", "critical", "account", "transactions", "velocity"), (payload.Text("source"), payload.Text("severity"), payload.Text("component"), payload.Text("group"), payload.Text("class")));
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero), DateTimeOffset.Parse(payload.Text("timestamp"), CultureInfo.InvariantCulture));
        JsonElement alert = Assert.Single(payload.GetProperty("custom_details").GetProperty("alerts").EnumerateArray());
        Assert.Equal(["alert_id", "event_uid", "domain", "entity_type", "entity_id", "anomaly_score", "severity", "reasons", "timestamp"], alert.Names());
        Assert.Equal((17, "E0", 0.9), (alert.GetProperty("alert_id").GetInt32(), alert.Text("event_uid"), alert.GetProperty("anomaly_score").GetDouble()));
    }

    [Theory]
    [InlineData("critical", "critical")]
    [InlineData("high", "error")]
    [InlineData("medium", "warning")]
    [InlineData("low", "info")]
    public async Task Send_EachSeverity_IsOneOfTheirs(string severity, string expected) =>
        Assert.Equal(expected, (await SendAsync(Messages.Of(AlertAction.Trigger, severity: severity))).GetProperty("payload").Text("severity"));

    [Theory]
    [InlineData(AlertAction.Acknowledge, "acknowledge")]
    [InlineData(AlertAction.Resolve, "resolve")]
    public async Task Send_WhatFollows_IsKeyAndActionAlone(AlertAction action, string expected)
    {
        JsonElement body = await SendAsync(Messages.Of(action, "investigating"));

        Assert.Equal(["routing_key", "event_action", "dedup_key"], body.Names());
        Assert.Equal((Key, expected, "ecart:transactions:E0"), (body.Text("routing_key"), body.Text("event_action"), body.Text("dedup_key")));
    }

    [Fact]
    public async Task Send_LongNamesAndManyAlerts_KeepsTheLimits()
    {
        JsonElement body = await SendAsync(Messages.Of(AlertAction.Trigger, count: 5000, entity: new string('é', 2000)));

        JsonElement payload = body.GetProperty("payload");
        Assert.Equal(1024, payload.Text("summary").Length);
        Assert.EndsWith("…", payload.Text("summary"), StringComparison.Ordinal);
        Assert.Equal(5000, payload.GetProperty("custom_details").GetProperty("alert_count").GetInt32());
        Assert.Equal(AlertMessage.MostListed, payload.GetProperty("custom_details").GetProperty("alerts").GetArrayLength());
        Assert.InRange(Encoding.UTF8.GetByteCount(body.GetRawText()), 1, 512 * 1024);
        Assert.InRange(body.Text("dedup_key").Length, 1, 255);
    }

    [Fact]
    public async Task Send_HeldBackAndTest_SayWhatTheyAre()
    {
        JsonElement held = (await SendAsync(Messages.HeldBack(AlertAction.Trigger, 1234))).GetProperty("payload");
        JsonElement test = (await SendAsync(AlertMessage.Test("oncall", Messages.CreatedAt))).GetProperty("payload");

        Assert.Contains("holds back 1,234 messages", held.Text("summary"), StringComparison.Ordinal);
        Assert.Equal((1234, "warning", "rate limit"), (held.GetProperty("custom_details").GetProperty("held_back").GetInt32(), held.Text("severity"), held.Text("class")));
        Assert.StartsWith("TEST", test.Text("summary"), StringComparison.Ordinal);
        Assert.Equal(("info", "test", true), (test.Text("severity"), test.Text("class"), test.GetProperty("custom_details").GetProperty("test").GetBoolean()));
    }

    private async Task<JsonElement> SendAsync(AlertMessage message)
    {
        DeliveryOutcome outcome = await target.SendAsync(message, TestContext.Current.CancellationToken);
        Assert.Equal(DeliveryResult.Delivered, outcome.Result);
        Assert.StartsWith("202 Accepted: {\"status\":\"success\"", outcome.Answer, StringComparison.Ordinal);
        return receiver.Received[^1].Json;
    }
}
