using System.Globalization;
using Ecart.Bench.Pipeline;
using Ecart.Domains.Transactions;
using Ecart.Embedded.Kafka;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;
using Ecart.Streaming.Live;
using Ecart.Streaming.Pipeline;
using Ecart.Streaming.Sources.Kafka;

namespace Ecart.Bench.Stream;

/// <summary>
/// The service's pipeline behind a Kafka topic: a producer and the broker in this process, from the first message sent to the last event durable.
/// </summary>
internal static class StreamRun
{
    /// <summary>Partitions of the topic.</summary>
    public const int Partitions = 16;

    private const string Topic = "transactions";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Streams all events.</summary>
    /// <exception cref="InvalidOperationException">Something was lost, refused or reported: a benchmark of that says nothing.</exception>
    public static async Task<Throughput> MeasureAsync(BenchmarkStore store, EventMessages messages, CancellationToken cancellationToken)
    {
        await using EmbeddedKafka broker = EmbeddedKafka.Start();
        broker.CreateTopic(Topic, Partitions);
        var settings = new KafkaSettings
        {
            BootstrapServers = broker.BootstrapServers,
            Client = EmbeddedKafka.ConsumerProperties,
            Report = text => Console.Error.WriteLine($"bench: {text}"),
        };
        KafkaSource source = KafkaSource.OfEvents(settings, Topic, new TransactionDecoder());
        await using CommittedPositions positions = await CommittedPositions.OpenAsync(store, source.Name, cancellationToken);
        using var producer = new EventProducer(broker.BootstrapServers, Topic, Partitions, positions);
        using LivePipeline pipeline = MakePipeline(store);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task running = pipeline.RunAsync([source], stop.Token);
        await await Task.WhenAny(source.CaughtUp, running).WaitAsync(Patience, cancellationToken);
        var meter = new ProcessorMeter(store.ServerProcess);
        await Task.WhenAny(producer.SendAsync(messages, stop.Token), running).Unwrap();
        Throughput throughput = meter.Read(messages.Count);
        await stop.CancelAsync();
        await running;
        cancellationToken.ThrowIfCancellationRequested();
        Check(pipeline.Counters, messages.Count);
        return throughput;
    }

    private static LivePipeline MakePipeline(BenchmarkStore store) => new(
        store.ConnectionString,
        new DomainStore(store.ConnectionString, static () => new TransactionTable()),
        _ => Task.FromResult<IDomainEngine>(new TransactionEngine(new TransactionOptions())),
        PipelineOptions.Live,
        new BatchCommitterOptions(),
        TimeProvider.System);

    private static void Check(PipelineCounters counters, int events)
    {
        if (counters.Committed == events && counters is { Rejected: 0, Duplicates: 0 }) return;
        throw new InvalidOperationException(string.Create(
            CultureInfo.InvariantCulture,
            $"Of {events:N0} messages {counters.Committed:N0} became events, {counters.Rejected:N0} were rejected, {counters.Duplicates:N0} known before: a benchmark of that says nothing."));
    }
}
