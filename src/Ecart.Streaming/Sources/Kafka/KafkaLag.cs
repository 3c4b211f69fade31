using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Ecart.Streaming.Pipeline;

namespace Ecart.Streaming.Sources.Kafka;

/// <summary>
/// How many messages of each assigned partition are not durable yet, by what the broker last said it has, for whoever listens to the meter. Thread-safe.
/// </summary>
internal sealed class KafkaLag : IDisposable
{
    private readonly ConcurrentDictionary<int, long> messages = new();
    private readonly Meter meter = new(PipelineTelemetry.Name);

    /// <summary>Begins to tell.</summary>
    /// <param name="source">Name of the source.</param>
    public KafkaLag(string source) => meter.CreateObservableGauge(
        "ecart.source.lag",
        () => messages.Select(partition => new Measurement<long>(
            partition.Value,
            new KeyValuePair<string, object?>("source", source),
            new KeyValuePair<string, object?>("partition", partition.Key))),
        "{message}",
        "Messages of a partition that are in the topic and not durable here.");

    /// <summary>Notes how a partition stands.</summary>
    public void Set(int partition, long lag) => messages[partition] = lag;

    /// <summary>Another member reads the partition now.</summary>
    public void Forget(int partition) => messages.TryRemove(partition, out _);

    public void Dispose() => meter.Dispose();
}
