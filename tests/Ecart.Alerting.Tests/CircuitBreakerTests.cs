using Ecart.Alerting.Messages;
using Ecart.Alerting.Targets;
using Ecart.TestKit;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Ecart.Alerting.Tests;

public sealed class CircuitBreakerTests
{
    private readonly FakeTimeProvider clock = new();

    [Fact]
    public async Task Send_TargetFailsThenRecovers_IsLeftAloneThenTriedByOne()
    {
        await using HttpReceiver receiver = await HttpReceiver.StartAsync();
        await using var target = new SlackTarget(receiver.Address, null, TimeSpan.FromSeconds(10), TimeProvider.System);
        var breaker = new CircuitBreaker(TimeSpan.FromSeconds(30), clock);
        receiver.Reply = _ => new ReceiverReply(500);

        for (int i = 0; i < 10; i++) Assert.Equal(DeliveryResult.Failed, (await SendAsync(breaker, target)).Result);
        Assert.Equal((true, 0), (breaker.IsOpen, breaker.Permits(8)));
        DeliveryOutcome refused = await SendAsync(breaker, target);
        Assert.Equal((DeliveryResult.Throttled, TimeSpan.FromSeconds(30), 10), (refused.Result, refused.RetryAfter, receiver.Count));

        clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(1, breaker.Permits(8));
        Assert.Equal(DeliveryResult.Failed, (await SendAsync(breaker, target)).Result);
        Assert.Equal(0, breaker.Permits(8));

        clock.Advance(TimeSpan.FromSeconds(30));
        receiver.Reply = _ => new ReceiverReply();
        Assert.Equal(DeliveryResult.Delivered, (await SendAsync(breaker, target)).Result);
        Assert.Equal((false, 8), (breaker.IsOpen, breaker.Permits(8)));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(429)]
    public async Task Send_TargetRefuses_IsNotLeftAlone(int status)
    {
        await using HttpReceiver receiver = await HttpReceiver.StartAsync();
        await using var target = new SlackTarget(receiver.Address, null, TimeSpan.FromSeconds(10), TimeProvider.System);
        var breaker = new CircuitBreaker(TimeSpan.FromSeconds(30), clock);
        receiver.Reply = _ => new ReceiverReply(status);

        for (int i = 0; i < 30; i++) await SendAsync(breaker, target);

        Assert.Equal((false, 30), (breaker.IsOpen, receiver.Count));
    }

    private static Task<DeliveryOutcome> SendAsync(CircuitBreaker breaker, IAlertTarget target) =>
        breaker.SendAsync(target, Messages.Of(AlertAction.Trigger), TestContext.Current.CancellationToken);
}
