using System.Globalization;
using Ecart.Alerting.Messages;
using Ecart.Alerting.Targets;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Alerting.Tests;

/// <summary>What becomes of a message when the receiver does not take it, and that no answer tells a secret.</summary>
public sealed class HttpTargetTests : IAsyncLifetime
{
    private const string Key = "R0123456789abcdef0123456789abcde";
    private HttpReceiver receiver = null!;

    public async ValueTask InitializeAsync() => receiver = await HttpReceiver.StartAsync();

    public ValueTask DisposeAsync() => receiver.DisposeAsync();

    [Theory]
    [InlineData(200, DeliveryResult.Delivered)]
    [InlineData(202, DeliveryResult.Delivered)]
    [InlineData(302, DeliveryResult.Refused)]
    [InlineData(400, DeliveryResult.Refused)]
    [InlineData(404, DeliveryResult.Refused)]
    [InlineData(410, DeliveryResult.Refused)]
    [InlineData(408, DeliveryResult.Failed)]
    [InlineData(429, DeliveryResult.Throttled)]
    [InlineData(500, DeliveryResult.Failed)]
    [InlineData(503, DeliveryResult.Failed)]
    public async Task Send_EachStatus_IsJudged(int status, DeliveryResult expected)
    {
        receiver.Reply = _ => new ReceiverReply(status, "") { Headers = new Dictionary<string, string> { ["Location"] = "/elsewhere" } };

        Assert.Equal(expected, (await SendAsync()).Result);
        Assert.Equal(1, receiver.Count);
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("0", 0)]
    [InlineData("999999", 3600)]
    public async Task Send_RetryAfterSeconds_IsTold(string header, int seconds)
    {
        receiver.Reply = _ => new ReceiverReply(429) { Headers = new Dictionary<string, string> { ["Retry-After"] = header } };

        Assert.Equal(TimeSpan.FromSeconds(seconds), (await SendAsync()).RetryAfter);
    }

    [Fact]
    public async Task Send_RetryAfterDate_IsTheTimeUntilThen()
    {
        receiver.Reply = _ => new ReceiverReply(503)
        {
            Headers = new Dictionary<string, string> { ["Retry-After"] = TimeProvider.System.GetUtcNow().AddSeconds(90).ToString("R", CultureInfo.InvariantCulture) },
        };

        Assert.InRange((await SendAsync()).RetryAfter!.Value.TotalSeconds, 60, 90);
    }

    [Fact]
    public async Task Send_ConnectionClosedInTheMiddle_Failed()
    {
        receiver.Reply = _ => new ReceiverReply { ClosesConnection = true };

        DeliveryOutcome outcome = await SendAsync();

        Assert.Equal(DeliveryResult.Failed, outcome.Result);
        Assert.StartsWith("no answer: ", outcome.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_NobodyListens_Failed()
    {
        Uri gone = receiver.Address;
        await receiver.DisposeAsync();
        await using var target = new SlackTarget(new Uri(gone, "services/T0/B0/secretpart"), null, TimeSpan.FromSeconds(5), TimeProvider.System);

        DeliveryOutcome outcome = await target.SendAsync(Messages.Of(AlertAction.Trigger), TestContext.Current.CancellationToken);

        Assert.Equal(DeliveryResult.Failed, outcome.Result);
        Assert.DoesNotContain("secretpart", outcome.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_AnswerTooLate_Failed()
    {
        receiver.Reply = _ => new ReceiverReply { Delay = TimeSpan.FromSeconds(30) };

        Assert.Equal(new DeliveryOutcome(DeliveryResult.Failed, "no answer within 0.3 s"), await SendAsync(TimeSpan.FromSeconds(0.3)));
    }

    [Fact]
    public async Task Send_AnswerRepeatsTheSecret_IsToldWithoutIt()
    {
        receiver.Reply = request => new ReceiverReply(400, $"bad key\r\n{request.Text} at {request.Path}");

        DeliveryOutcome outcome = await SendAsync();
        await using var slack = new SlackTarget(new Uri(receiver.Address, "services/T0/B0/secretpart"), null, TimeSpan.FromSeconds(5), TimeProvider.System);
        DeliveryOutcome hook = await slack.SendAsync(Messages.Of(AlertAction.Resolve), TestContext.Current.CancellationToken);
        receiver.Reply = request => new ReceiverReply(404, $"no {request.Path}");
        DeliveryOutcome path = await slack.SendAsync(Messages.Of(AlertAction.Resolve), TestContext.Current.CancellationToken);

        Assert.StartsWith("400 Bad Request: bad key {\"routing_key\":\"***\"", outcome.Answer, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, outcome.Answer, StringComparison.Ordinal);
        Assert.DoesNotContain("secretpart", hook.Answer, StringComparison.Ordinal);
        Assert.Equal("404 Not Found: no ***", path.Answer);
    }

    private async Task<DeliveryOutcome> SendAsync(TimeSpan? timeout = null)
    {
        await using var target = new PagerDutyTarget(new Uri(receiver.Address, "v2/enqueue"), Key, null, timeout ?? TimeSpan.FromSeconds(10), TimeProvider.System);
        return await target.SendAsync(Messages.Of(AlertAction.Trigger), TestContext.Current.CancellationToken);
    }
}
