using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ecart.Alerting.Messages;
using Ecart.Alerting.Targets;
using Ecart.TestKit;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Ecart.Alerting.Tests;

public sealed class WebhookTargetTests
{
    private static readonly byte[] Secret = "a shared secret"u8.ToArray();
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 1, 10, 0, 7, TimeSpan.Zero));

    [Fact]
    public async Task Send_Alerts_IsSignedWithItsTimeAndHasEveryField()
    {
        await using HttpReceiver receiver = await HttpReceiver.StartAsync();
        await using var target = new WebhookTarget(new Uri(receiver.Address, "hook"), "a shared secret", TimeSpan.FromSeconds(10), clock);

        await target.SendAsync(Messages.Of(AlertAction.Resolve, "confirmed_fraud", count: 2), TestContext.Current.CancellationToken);
        await target.SendAsync(Messages.Of(AlertAction.Resolve, "confirmed_fraud", count: 2), TestContext.Current.CancellationToken);

        ReceivedRequest request = receiver.Received[0];
        string timestamp = request.Headers["Ecart-Timestamp"];
        Assert.Equal("1772359207", timestamp);
        byte[] signed = [.. Encoding.ASCII.GetBytes(timestamp + "."), .. request.Body];
        Assert.Equal("v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Secret, signed)), request.Headers["Ecart-Signature"]);
        Assert.Equal(receiver.Received[1].Headers["Idempotency-Key"], request.Headers["Idempotency-Key"]);
        JsonElement body = request.Json;
        Assert.Equal(
            ["version", "subject", "action", "dedup_key", "route", "severity", "summary", "domain", "entity_type", "entity_id", "count", "alerts", "created_at"], body.Names());
        Assert.Equal((1, "alerts", "resolve", "ecart:transactions:E0", "oncall", "critical"),
            (body.GetProperty("version").GetInt32(), body.Text("subject"), body.Text("action"), body.Text("dedup_key"), body.Text("route"), body.Text("severity")));
        Assert.Equal(("transactions", "account", "A1", 2, "2026-03-01T10:00:05.000000Z"),
            (body.Text("domain"), body.Text("entity_type"), body.Text("entity_id"), body.GetProperty("count").GetInt32(), body.Text("created_at")));
        Assert.Equal(["E0 confirmed_fraud", "E1 confirmed_fraud"], body.GetProperty("alerts").EnumerateArray().Select(alert => $"{alert.Text("event_uid")} {alert.Text("status")}"));
    }

    [Fact]
    public void Sign_KnownCase_IsTheHashOfTimestampStopBody() => Assert.Equal(
        "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData("key"u8, "1700000000.{}"u8)), WebhookTarget.Sign("key"u8, "1700000000", "{}"u8));
}
