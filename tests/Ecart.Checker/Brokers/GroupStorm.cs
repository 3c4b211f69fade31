using Confluent.Kafka;
using Ecart.Numerics;
using Ecart.Streaming.Sources.Kafka;

namespace Ecart.Checker.Brokers;

/// <summary>
/// Strangers in a consumer group: they join, take partitions away from the service, commit offsets for what nobody has stored, and leave, some of them
/// without a word. The service must go by its own positions.
/// </summary>
internal sealed class GroupStorm(KafkaSettings settings, ulong seed, TimeProvider timeProvider)
{
    private const int Strangers = 3;
    private static readonly TimeSpan PollFor = TimeSpan.FromMilliseconds(50);

    /// <summary>Runs a storm.</summary>
    /// <param name="group">The group.</param>
    /// <param name="topic">The topic that its members read.</param>
    /// <param name="time">How long it lasts.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task RunAsync(string group, string topic, TimeSpan time, CancellationToken cancellationToken) => Task.WhenAll(
        Enumerable.Range(0, Strangers).Select(number => Task.Factory.StartNew(
            () => ComeAndGo(group, topic, time, new SeededRandom(seed + ((ulong)number * 7919)), cancellationToken),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

    private void ComeAndGo(string group, string topic, TimeSpan time, SeededRandom random, CancellationToken cancellationToken)
    {
        long started = timeProvider.GetTimestamp();
        while (timeProvider.GetElapsedTime(started) < time && !cancellationToken.IsCancellationRequested)
        {
            TimeSpan stay = TimeSpan.FromMilliseconds(random.Next(300, 3000));
            long joined = timeProvider.GetTimestamp();
            using IConsumer<Ignore, Ignore> stranger = Open(group);
            stranger.Subscribe(topic);
            while (timeProvider.GetElapsedTime(joined) < stay) Poll(stranger);
            if (random.Chance(0.7)) stranger.Close();
        }
    }

    private static void Poll(IConsumer<Ignore, Ignore> stranger)
    {
        try
        {
            stranger.Consume(PollFor);
        }
        catch (ConsumeException error) when (!error.Error.IsFatal)
        {
            // The broker is in trouble at the same time.
        }
    }

    private IConsumer<Ignore, Ignore> Open(string group)
    {
        var configuration = new ConsumerConfig
        {
            BootstrapServers = settings.BootstrapServers,
            GroupId = group,
            AutoOffsetReset = AutoOffsetReset.Latest,
            EnableAutoCommit = true,
            AutoCommitIntervalMs = 100,
            PartitionAssignmentStrategy = PartitionAssignmentStrategy.Range,
        };
        foreach ((string name, string value) in settings.Client) configuration.Set(name, value);
        return new ConsumerBuilder<Ignore, Ignore>(configuration).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
    }
}
