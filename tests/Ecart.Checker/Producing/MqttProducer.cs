using Ecart.Checker.Brokers;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;

namespace Ecart.Checker.Producing;

/// <summary>
/// Publishes at QoS 1, an account a topic, and publishes a portion again from its beginning until the broker has acknowledged every message of it: what a
/// lost connection leaves open may be at the broker or not.
/// </summary>
internal sealed class MqttProducer(MqttUnderTest broker, TimeProvider timeProvider) : IProducer
{
    private const int Portion = 50;
    private const string Name = "checker-producer";
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);
    private IMqttClient? client;
    private string latestAccount = "";

    public async Task ProduceAsync(IReadOnlyList<ProducedItem> items, CancellationToken cancellationToken)
    {
        foreach (ProducedItem[] some in items.Chunk(Portion))
        {
            List<MqttApplicationMessage> messages = [.. some.Select(Make)];
            while (!await TryPublishAsync(messages, cancellationToken)) client = null;
        }
    }

    public ValueTask DisposeAsync()
    {
        client?.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<bool> TryPublishAsync(List<MqttApplicationMessage> messages, CancellationToken cancellationToken)
    {
        client ??= await broker.ConnectAsync(Name, cancellationToken);
        using var deadline = new CancellationTokenSource(AnswerWithin, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            await Task.WhenAll(messages.Select(message => client.PublishAsync(message, either.Token)).ToList());
            return true;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested
            && error is MqttCommunicationException or MqttProtocolViolationException or OperationCanceledException)
        {
            client.Dispose();
            return false;
        }
    }

    private MqttApplicationMessage Make(ProducedItem item)
    {
        latestAccount = item.Event?.AccountId ?? latestAccount;
        return new MqttApplicationMessageBuilder().WithTopic(MqttUnderTest.TopicOf(latestAccount)).WithPayload(WireText.Write(item))
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build();
    }
}
