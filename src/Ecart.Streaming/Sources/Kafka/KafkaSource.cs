using Confluent.Kafka;
using Ecart.Events.Decoding;
using Ecart.Streaming.Live;

namespace Ecart.Streaming.Sources.Kafka;

/// <summary>
/// A topic of events or labels, one JSON object a message. Partitions are shared with the other members of the consumer group; positions are those of the
/// store, so that nothing is lost and what is read twice is recognised. Runs once.
/// </summary>
public sealed class KafkaSource : ILiveSource
{
    private static readonly TimeSpan PauseAfterFatalError = TimeSpan.FromSeconds(2);

    private readonly KafkaSettings settings;
    private readonly string topic;
    private readonly KafkaDecode decode;
    private readonly Task startAfter;
    private readonly TaskCompletionSource caughtUp = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private KafkaSource(KafkaSettings settings, string topic, KafkaDecode decode, Task startAfter)
    {
        this.settings = settings;
        this.topic = topic;
        this.decode = decode;
        this.startAfter = startAfter;
        Name = NameOf(topic);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Ends once everything is handed in that the partitions held when they were first assigned to this process.</summary>
    public Task CaughtUp => caughtUp.Task;

    /// <summary>Name under which the positions of a topic are kept.</summary>
    public static string NameOf(string topic) => "kafka:" + topic;

    /// <summary>
    /// A topic of events: flat objects or the wire form. Labels may stand among them with <c>"event_type": "label"</c>; each takes effect in its place.
    /// </summary>
    /// <param name="settings">The cluster.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="decoder">Makes events of the fields. Not shared with another source.</param>
    public static KafkaSource OfEvents(KafkaSettings settings, string topic, IRecordDecoder decoder) =>
        new(settings, topic, KafkaMessages.Events(decoder), Task.CompletedTask);

    /// <summary>
    /// A topic of labels: <c>{"event_uid", "domain", "is_fraud", "known_at", "source"}</c>. It has a group of its own, <c>group-labels</c>: its members come
    /// later, and each would hold up the events.
    /// </summary>
    /// <param name="settings">The cluster.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="domain">Domain of the events.</param>
    /// <param name="startAfter">
    /// Reading waits for this, usually <see cref="CaughtUp"/> of the events: a label that overtakes its event would be rejected.
    /// </param>
    public static KafkaSource OfLabels(KafkaSettings settings, string topic, string domain, Task? startAfter = null) =>
        new(settings with { Group = settings.Group + "-labels" }, topic, KafkaMessages.Labels(domain), startAfter ?? Task.CompletedTask);

    /// <inheritdoc/>
    public async Task RunAsync(IIntake intake, CancellationToken cancellationToken)
    {
        try
        {
            await startAfter.WaitAsync(cancellationToken).ConfigureAwait(false);
            while (!cancellationToken.IsCancellationRequested)
            {
                // The client's calls block: a thread of its own, for as long as the source lives.
                Exception? fatal = await Task.Factory.StartNew(
                    () => Read(intake, cancellationToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
                    .ConfigureAwait(false);
                if (fatal is null) return;
                settings.Report?.Invoke($"{Name}: the client gave up, a new one begins in {PauseAfterFatalError.TotalSeconds} s: {fatal.Message}");
                await Task.Delay(PauseAfterFatalError, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopping is not a failure.
        }
    }

    /// <summary>Reads until it is cancelled.</summary>
    /// <returns>Why the client cannot go on; null when it was cancelled.</returns>
    private KafkaException? Read(IIntake intake, CancellationToken cancellationToken)
    {
        var reports = new RepeatedReports(settings.Report);
        using var lag = new KafkaLag(Name);
        var partitions = new KafkaPartitions(Name, intake, lag, settings.Report, cancellationToken);
        using IConsumer<Ignore, byte[]> consumer = new ConsumerBuilder<Ignore, byte[]>(settings.MakeConsumer())
            .SetLogHandler((_, _) => { })
            .SetErrorHandler((_, error) => reports.Add($"{Name}: {error.Reason}"))
            .SetPartitionsAssignedHandler((client, assigned) => partitions.Assign(client, assigned))
            .SetPartitionsRevokedHandler((client, revoked) => partitions.Revoke(client, revoked))
            .SetPartitionsLostHandler((client, lost) => partitions.Revoke(client, lost))
            .Build();
        var reader = new KafkaReader(consumer, decode, Name, intake, partitions, reports, () => caughtUp.TrySetResult());
        try
        {
            consumer.Subscribe(topic);
            reader.Run(cancellationToken);
            return null;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (KafkaException error) when (error.Error.IsFatal)
        {
            return error;
        }
        finally
        {
            Leave(consumer);
        }
    }

    private static void Leave(IConsumer<Ignore, byte[]> consumer)
    {
        try
        {
            consumer.Close();
        }
        catch (KafkaException)
        {
            // The group finds out by itself.
        }
    }
}
