using Ecart.App.Store;
using Ecart.Events.Decoding;
using Ecart.Streaming.Live;
using Ecart.Streaming.Sources.Kafka;

namespace Ecart.App.Serve;

/// <summary>The sources of the Kafka topics that are configured.</summary>
internal static class KafkaSources
{
    /// <summary>Makes the sources; none is opened yet.</summary>
    public static IEnumerable<ILiveSource> Make(IReadOnlyList<KafkaOptions> clusters, OpenStore store, Func<IRecordDecoder> makeDecoder)
    {
        KafkaOptions.CheckDistinct(clusters);
        return clusters.SelectMany((options, i) => Make(options, options.MakeSettings($"kafka[{i}]"), store, makeDecoder)).ToList();
    }

    private static IEnumerable<ILiveSource> Make(KafkaOptions options, KafkaSettings settings, OpenStore store, Func<IRecordDecoder> makeDecoder)
    {
        KafkaSource? events = options.Topic is { } topic ? KafkaSource.OfEvents(settings, topic, makeDecoder()) : null;
        if (events is not null) yield return events;
        if (options.LabelsTopic is { } labels) yield return KafkaSource.OfLabels(settings, labels, store.Domain.Name, events?.CaughtUp);
        if (options.DeadLetterTopic is { } deadLetters)
            yield return new KafkaDeadLetters(settings, options.Topics, deadLetters, store.ConnectionString, TimeProvider.System);
    }
}
