using Confluent.Kafka;
using Ecart.MariaDb.Writing;
using Ecart.Streaming.Live;

namespace Ecart.Streaming.Sources.Kafka;

/// <summary>
/// Hands the rejected records of topics to a dead-letter topic, each at least once, under a key that stays the same when one is repeated. Lives as long as
/// the sources and hands nothing in.
/// </summary>
public sealed class KafkaDeadLetters : ILiveSource
{
    private const int Most = 500;
    private static readonly TimeSpan DeliverWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(2);

    private readonly KafkaSettings settings;
    private readonly string deadLetterTopic;
    private readonly IReadOnlyList<string> sources;
    private readonly DeadLetterStore store;
    private readonly TimeProvider timeProvider;

    /// <summary>Makes a dispatcher.</summary>
    /// <param name="settings">The cluster.</param>
    /// <param name="topics">Topics whose rejected records are handed on.</param>
    /// <param name="deadLetterTopic">Where to.</param>
    /// <param name="connectionString">The store; migrated.</param>
    /// <param name="timeProvider">The clock.</param>
    public KafkaDeadLetters(KafkaSettings settings, IReadOnlyList<string> topics, string deadLetterTopic, string connectionString, TimeProvider timeProvider)
    {
        this.settings = settings;
        this.deadLetterTopic = deadLetterTopic;
        this.timeProvider = timeProvider;
        sources = [.. topics.Select(KafkaSource.NameOf)];
        store = new DeadLetterStore(connectionString);
        Name = $"dead letters to {KafkaSource.NameOf(deadLetterTopic)}";
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>How often to look for rejected records. Default 1 s.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public async Task RunAsync(IIntake intake, CancellationToken cancellationToken)
    {
        var reports = new RepeatedReports(settings.Report);
        IProducer<string, byte[]>? producer = null;
        try
        {
            while (true)
            {
                producer ??= Open(reports);
                TimeSpan pause = Interval;
                try
                {
                    IProducer<string, byte[]> open = producer;
                    int delivered = await store.DeliverAsync(sources, Most, (letters, _) => ProduceAsync(open, letters), cancellationToken).ConfigureAwait(false);
                    if (delivered == Most) pause = TimeSpan.Zero;
                }
                catch (KafkaException error)
                {
                    reports.Add($"{Name}: not delivered, next try in {PauseAfterFailure.TotalSeconds} s: {error.Error.Reason}");
                    pause = PauseAfterFailure;

                    // What could not be delivered must not arrive later, beside its repetition.
                    producer.Dispose();
                    producer = null;
                }
                catch (Exception error) when (TransientErrors.IsTransient(error))
                {
                    pause = PauseAfterFailure;
                }

                await Task.Delay(pause, timeProvider, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // What is not delivered waits in the store.
        }
        finally
        {
            producer?.Dispose();
        }
    }

    private IProducer<string, byte[]> Open(RepeatedReports reports) => new ProducerBuilder<string, byte[]>(settings.MakeProducer(DeliverWithin))
        .SetLogHandler((_, _) => { })
        .SetErrorHandler((_, error) => reports.Add($"{Name}: {error.Reason}"))
        .Build();

    private Task<DeliveryResult<string, byte[]>[]> ProduceAsync(IProducer<string, byte[]> producer, IReadOnlyList<DeadLetter> letters) => Task.WhenAll(letters.Select(letter =>
        producer.ProduceAsync(deadLetterTopic, DeadLetterMessage.Make(letter))));
}
