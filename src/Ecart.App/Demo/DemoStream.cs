using System.Diagnostics;
using Ecart.App.Store;
using Ecart.App.Terminal;
using Ecart.Domains.Transactions;
using Ecart.Embedded.Kafka;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;
using Ecart.Simulation;
using Ecart.Streaming.Live;
using Ecart.Streaming.Messages;
using Ecart.Streaming.Pipeline;
using Ecart.Streaming.Sources;
using Ecart.Streaming.Sources.Kafka;

namespace Ecart.App.Demo;

/// <summary>
/// The way of a real stream: a producer sends the simulation to a Kafka topic, and the service's pipeline reads, scores and stores it. The topic has one
/// partition, so that the order, and with it every verdict, is the same each time.
/// </summary>
internal sealed class DemoStream : IDisposable
{
    /// <summary>What a producer may be ahead of the store: the broker keeps 5 MiB, and the producer counts a tenth too much.</summary>
    private const long WindowBytes = 9L << 19;

    private readonly OpenStore store;
    private readonly TransactionSimulatorOptions world;
    private readonly ReplayLabels labels;
    private readonly ProfilePublication publication;
    private readonly LivePipeline pipeline;
    private long known;

    public DemoStream(OpenStore store, TransactionSimulatorOptions world, ReplayLabels labels)
    {
        this.store = store;
        this.world = world;
        this.labels = labels;
        publication = new ProfilePublication(store);
        pipeline = new LivePipeline(
            store.ConnectionString,
            store.MakeDomainStore(),
            _ => Task.FromResult<IDomainEngine>(store.MakeEngine()),
            PipelineOptions.Live,
            store.MakeCommitterOptions(),
            TimeProvider.System)
        {
            Settled = publication.Begin,
        };
    }

    /// <summary>What was done.</summary>
    public PipelineCounters Counters => pipeline.Counters;

    /// <summary>How long it took.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>Messages of the topic that are durable: all of them count once, and in order.</summary>
    private long Durable => Counters.Committed + Counters.Labels + Counters.Duplicates + Counters.Rejected;

    /// <summary>Streams what is not stored yet. Call once.</summary>
    /// <returns>False when it was stopped before the end.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        long position = await DemoTopic.ReadPositionAsync(store.ConnectionString, world, labels, cancellationToken).ConfigureAwait(false);
        long started = Stopwatch.GetTimestamp();
        using var simulation = new SimulatedReplaySource(world, labels);
        bool isFinished = await LiveProgress.RunAsync(
            "Scoring the stream",
            () => simulation.Progress,
            () => Describe(Stopwatch.GetElapsedTime(started)),
            () => Task.Run(() => StreamAsync(simulation, position, cancellationToken), CancellationToken.None)).ConfigureAwait(false);
        Elapsed = Stopwatch.GetElapsedTime(started);
        return isFinished;
    }

    /// <summary>Publishes the accounts' profiles for SQL users.</summary>
    public Task PublishAsync(CancellationToken cancellationToken) => publication.RunAsync(store.MakeEngine(), cancellationToken);

    public void Dispose() => pipeline.Dispose();

    private async Task<bool> StreamAsync(SimulatedReplaySource simulation, long position, CancellationToken cancellationToken)
    {
        for (; known < position && simulation.TryRead(out _); known++) cancellationToken.ThrowIfCancellationRequested();
        if (!simulation.TryRead(out ReplayItem first))
        {
            // The run that stored the last of it may have been killed before its checkpoint, from which profiles are published.
            await pipeline.RunAsync([], cancellationToken).ConfigureAwait(false);
            return true;
        }

        await using EmbeddedKafka broker = EmbeddedKafka.Start();
        string topic = DemoTopic.Name(world, labels, known);
        broker.CreateTopic(topic, partitions: 1);
        var settings = new KafkaSettings
        {
            BootstrapServers = broker.BootstrapServers,
            Client = EmbeddedKafka.ConsumerProperties,
            Report = Output.Warning,
        };
        KafkaSource reader = KafkaSource.OfEvents(settings, topic, store.Settings.MakeDecoder());
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task scoring = pipeline.RunAsync([reader], stop.Token);
        Task producing = ProduceAsync(settings, topic, first, simulation, stop.Token);
        await Task.WhenAny(scoring, producing).ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
        await scoring.ConfigureAwait(false);
        if (cancellationToken.IsCancellationRequested) await producing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        else await producing.ConfigureAwait(false);
        return producing.IsCompletedSuccessfully;
    }

    private async Task ProduceAsync(
        KafkaSettings settings, string topic, ReplayItem first, SimulatedReplaySource simulation, CancellationToken cancellationToken)
    {
        using var producer = new WindowedProducer(
            settings,
            topic,
            _ => Task.FromResult<IReadOnlyDictionary<int, long>>(new Dictionary<int, long> { [0] = Durable }),
            TimeProvider.System,
            WindowBytes);
        ReplayItem item = first;
        do
        {
            if (item.Event is TransactionEvent transaction)
                await producer.SendAsync(transaction.AccountId, TransactionJson.Write(transaction), cancellationToken).ConfigureAwait(false);
            else if (item.Label is { } label)
                await producer.SendAsync(label.EventUid, TransactionJson.Write(label), cancellationToken).ConfigureAwait(false);
        }
        while (simulation.TryRead(out item));
        await producer.WaitUntilReadAsync(cancellationToken).ConfigureAwait(false);
    }

    private string Describe(TimeSpan elapsed)
    {
        long alerts = Counters.Alerts(Severity.Low) + Counters.Alerts(Severity.Medium) + Counters.Alerts(Severity.High) + Counters.Alerts(Severity.Critical);
        string skipped = known > 0 ? $"{known:N0} known, " : "";
        return $"{skipped}{Counters.Committed:N0} stored ({Counters.Committed / Math.Max(0.001, elapsed.TotalSeconds):N0}/s), {alerts:N0} alerts";
    }
}
