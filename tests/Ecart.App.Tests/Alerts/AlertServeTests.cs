using System.Text.Json;
using Ecart.App.Serve;
using Ecart.App.Tests.Serve;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests.Alerts;

/// <summary>From an event to a receiver, through the service.</summary>
public sealed class AlertServeTests(MariaDbFixture server)
{
    [Fact]
    public async Task Serve_EventThatRaisesAnAlert_IsToldAndMetricsShowIt()
    {
        await using HttpReceiver receiver = await HttpReceiver.StartAsync();
        using TestFolder folder = TestFolder.Create("alerts");
        string secret = Path.Combine(folder.Path, "secret");
        File.WriteAllText(secret, "s3cr3t-of-the-hook");
        int calls = 0;
        receiver.Reply = _ => Interlocked.Increment(ref calls) == 1 ? new ReceiverReply(500) : new ReceiverReply();
        await using RunningService service = await RunningService.StartAsync(server, options =>
        {
            options.Alerts.PollSeconds = 0.05;
            options.Alerts.Routes.Add(new AlertRouteOptions
            {
                Name = "hook",
                Target = AlertTargetKind.Webhook,
                Url = receiver.Address + "hook",
                Secret = "file:" + secret,
                MinimumSeverity = "medium",
                BackoffSeconds = 0.05,
            });
            options.Alerts.Validate();
        });

        await service.PostAsync("/v1/events", Posted.Event("E1", amount: 60_000));
        string metrics = await service.GetAsync("/metrics");
        while (!metrics.Contains("outcome=\"delivered\"", StringComparison.Ordinal))
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
            metrics = await service.GetAsync("/metrics");
        }

        JsonElement told = receiver.Received[1].Json;
        JsonElement alert = Assert.Single(told.GetProperty("alerts").EnumerateArray());
        Assert.Equal(("trigger", "ecart:transactions:E1", "medium"), (told.GetProperty("action").GetString(), told.GetProperty("dedup_key").GetString(), told.GetProperty("severity").GetString()));
        Assert.Equal(("E1", "account", "A1"), (alert.GetProperty("event_uid").GetString(), alert.GetProperty("entity_type").GetString(), alert.GetProperty("entity_id").GetString()));
        Assert.NotEqual("", alert.GetProperty("reasons")[0].GetProperty("detail").GetString());
        string[] lines = metrics.Split('\n');
        Assert.Equal("1", Value(lines, "ecart_delivery_attempts_total", "outcome=\"failed\""));
        Assert.Equal("1", Value(lines, "ecart_delivery_attempts_total", "outcome=\"delivered\""));
        Assert.Equal("0", Value(lines, "ecart_delivery_breaker_open", "route=\"hook\""));
        Assert.NotEqual("", Value(lines, "ecart_delivery_duration_seconds_count", "route=\"hook\""));
        foreach (string gauge in new[] { "pending", "failed", "held_back", "oldest_pending_seconds" }) Assert.NotEqual("", Value(lines, $"ecart_delivery_{gauge}", "route=\"hook\""));
        Assert.DoesNotContain("s3cr3t", metrics, StringComparison.Ordinal);
    }

    private static string Value(string[] lines, string name, string label) =>
        lines.First(line => line.StartsWith(name + "{", StringComparison.Ordinal) && line.Contains(label, StringComparison.Ordinal)).Split("} ")[1].Split(' ')[0];
}
