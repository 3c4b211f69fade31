using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Confluent.Kafka;
using Ecart.Alerting.Messages;
using Ecart.Alerting.Targets;
using Ecart.Streaming.Sources.Kafka;

namespace Ecart.Streaming.Delivery;

/// <summary>
/// The alerts topic: the value is the alert in its wire form, the key its entity, so that what is said of one keeps its order; headers say the rest:
/// <c>action</c>, <c>status</c>, <c>dedup_key</c>. Thread-safe.
/// </summary>
public sealed class KafkaTarget : IAlertTarget
{
    private readonly string topic;
    private readonly Lazy<IProducer<string, byte[]>> producer;

    /// <summary>Makes a target; the first message opens it.</summary>
    /// <param name="settings">The cluster.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="timeout">How long the broker's acknowledgement is waited for.</param>
    public KafkaTarget(KafkaSettings settings, string topic, TimeSpan timeout)
    {
        ArgumentNullException.ThrowIfNull(settings);
        this.topic = topic;
        producer = new Lazy<IProducer<string, byte[]>>(() => new ProducerBuilder<string, byte[]>(settings.MakeProducer(timeout)).SetLogHandler((_, _) => { }).Build());
    }

    /// <inheritdoc/>
    public async Task<DeliveryOutcome> SendAsync(AlertMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        try
        {
            DeliveryResult<string, byte[]>[] results = await Task.WhenAll(Records(message)
                .Select(record => producer.Value.ProduceAsync(topic, record, cancellationToken))).ConfigureAwait(false);
            return new DeliveryOutcome(Alerting.Targets.DeliveryResult.Delivered, string.Join("; ", results.Select(result => $"partition {result.Partition.Value}, offset {result.Offset.Value}")));
        }
        catch (ProduceException<string, byte[]> error)
        {
            bool isRefused = error.Error.Code is ErrorCode.MsgSizeTooLarge or ErrorCode.TopicAuthorizationFailed or ErrorCode.TopicException or ErrorCode.InvalidRecord;
            return new DeliveryOutcome(isRefused ? Alerting.Targets.DeliveryResult.Refused : Alerting.Targets.DeliveryResult.Failed, error.Error.Reason);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        if (producer.IsValueCreated) producer.Value.Dispose();
        return ValueTask.CompletedTask;
    }

    private static IEnumerable<Message<string, byte[]>> Records(AlertMessage message) => message.Subject == AlertSubject.Alerts
        ? message.Alerts.Select(alert => Record(message, alert.WireForm, $"{message.Domain}/{message.EntityType}/{message.EntityId}", alert.Status))
        : [Record(message, About(message), message.Route, null)];

    private static Message<string, byte[]> Record(AlertMessage message, JsonObject value, string key, string? status)
    {
        var headers = new Headers
        {
            { "action", Encoding.UTF8.GetBytes(message.Action.ToString().ToLowerInvariant()) },
            { "subject", Encoding.UTF8.GetBytes(message.Subject == AlertSubject.HeldBack ? "held_back" : message.Subject.ToString().ToLowerInvariant()) },
            { "dedup_key", Encoding.UTF8.GetBytes(message.DedupKey) },
        };
        if (status is not null) headers.Add("status", Encoding.UTF8.GetBytes(status));
        return new Message<string, byte[]> { Key = key, Value = JsonSerializer.SerializeToUtf8Bytes(value), Headers = headers };
    }

    private static JsonObject About(AlertMessage message) => new() { ["route"] = message.Route, ["count"] = message.Count };
}
