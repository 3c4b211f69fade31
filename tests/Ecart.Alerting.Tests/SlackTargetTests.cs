using System.Text.Json;
using Ecart.Alerting.Messages;
using Ecart.Alerting.Targets;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Alerting.Tests;

/// <summary>What is sent, against the published limits of Block Kit.</summary>
public sealed class SlackTargetTests : IAsyncLifetime
{
    private HttpReceiver receiver = null!;
    private SlackTarget target = null!;

    public async ValueTask InitializeAsync()
    {
        receiver = await HttpReceiver.StartAsync();
        target = new SlackTarget(new Uri(receiver.Address, "services/T0/B0/secretpart"), new Uri("https://ecart.example/alerts?a=1&b=2"), TimeSpan.FromSeconds(10), TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        await target.DisposeAsync();
        await receiver.DisposeAsync();
    }

    [Fact]
    public async Task Send_Alert_ShowsWhatWhoAndWhy()
    {
        JsonElement body = await SendAsync(Messages.Of(AlertAction.Trigger, severity: "high", entity: "<A&1>"));

        Assert.Equal("/services/T0/B0/secretpart", receiver.Received[0].Path);
        Assert.Equal(["text", "blocks"], body.Names());
        Assert.StartsWith("High alert, transactions, account &lt;A&amp;1&gt;", body.Text("text"), StringComparison.Ordinal);
        JsonElement[] blocks = [.. body.GetProperty("blocks").EnumerateArray()];
        Assert.Equal(["header", "section", "section", "section", "context"], blocks.Select(block => block.Text("type")));
        Assert.Equal(("plain_text", "High alert: account <A&1>"), (blocks[0].GetProperty("text").Text("type"), blocks[0].GetProperty("text").Text("text")));
        string[] fields = [.. blocks[1].GetProperty("fields").EnumerateArray().Select(field => field.Text("text"))];
        Assert.Equal(["*Domain*\ntransactions", "*Entity*\naccount &lt;A&amp;1&gt;", "*Severity*\nhigh", "*Score*\n0.90", "*Event*\nE0", "*Time*\n2026-03-01T10:00:00Z"], fields);
        Assert.Equal("*Why*\n• 12 transactions within an hour, usually 0.2 (+0.60)\n• Amount 60,000 EUR is above the limit of 50,000 EUR (+0.30)", blocks[2].GetProperty("text").Text("text"));
        Assert.Equal("<https://ecart.example/alerts?a=1&amp;b=2|Open in Ecart>", blocks[3].GetProperty("text").Text("text"));
    }

    [Theory]
    [InlineData(1, 20_000)]
    [InlineData(20, 128)]
    [InlineData(100_000, 5_000)]
    public async Task Send_AnySize_KeepsTheLimits(int count, int length)
    {
        JsonElement body = await SendAsync(Messages.Of(AlertAction.Trigger, count: count, entity: new string('<', length)));

        CheckLimits(body);
        Assert.Contains($"{count:N0}", count == 1 ? "1" : body.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(AlertAction.Acknowledge, "investigating", "Being investigated: critical alert")]
    [InlineData(AlertAction.Resolve, "false_positive", "Closed (false positive): critical alert")]
    public async Task Send_WhatFollows_IsALine(AlertAction action, string status, string expected)
    {
        JsonElement body = await SendAsync(Messages.Of(action, status));

        CheckLimits(body);
        Assert.Contains(expected, body.GetProperty("blocks")[0].GetProperty("text").Text("text"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_HeldBack_SaysHowMany()
    {
        JsonElement body = await SendAsync(Messages.HeldBack(AlertAction.Trigger, 1));

        Assert.Contains("holds back 1 message;", body.Text("text"), StringComparison.Ordinal);
        CheckLimits(body);
    }

    private static void CheckLimits(JsonElement body)
    {
        JsonElement blocks = body.GetProperty("blocks");
        Assert.InRange(blocks.GetArrayLength(), 1, 50);
        Assert.InRange(body.Text("text").Length, 1, 40_000);
        foreach (JsonElement block in blocks.EnumerateArray())
        {
            switch (block.Text("type"))
            {
                case "header":
                    Assert.Equal("plain_text", block.GetProperty("text").Text("type"));
                    Assert.InRange(block.GetProperty("text").Text("text").Length, 1, 150);
                    break;
                case "section" when block.TryGetProperty("fields", out JsonElement fields):
                    Assert.InRange(fields.GetArrayLength(), 1, 10);
                    Assert.All(fields.EnumerateArray(), field => Assert.InRange(field.Text("text").Length, 1, 2000));
                    break;
                case "section":
                    Assert.Equal("mrkdwn", block.GetProperty("text").Text("type"));
                    Assert.InRange(block.GetProperty("text").Text("text").Length, 1, 3000);
                    break;
                default:
                    Assert.Equal("context", block.Text("type"));
                    Assert.InRange(block.GetProperty("elements").GetArrayLength(), 1, 10);
                    break;
            }
        }
    }

    private async Task<JsonElement> SendAsync(AlertMessage message)
    {
        Assert.Equal(new DeliveryOutcome(DeliveryResult.Delivered, "200 OK: ok"), await target.SendAsync(message, TestContext.Current.CancellationToken));
        return receiver.Received[^1].Json;
    }
}
