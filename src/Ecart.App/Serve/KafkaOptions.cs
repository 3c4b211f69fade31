using Ecart.App.Commands;
using Ecart.App.Terminal;
using Ecart.Streaming.Sources.Kafka;

namespace Ecart.App.Serve;

/// <summary>Topics of one Kafka cluster.</summary>
internal sealed class KafkaOptions
{
    /// <summary>Hosts and ports of some brokers, separated by commas. Required.</summary>
    public string BootstrapServers { get; set; } = "";

    /// <summary>Topic of events; null for none. One of the two topics is required.</summary>
    public string? Topic { get; set; }

    /// <summary>Topic of labels; null for none.</summary>
    public string? LabelsTopic { get; set; }

    /// <summary>Topic to which rejected records are handed on; null for none.</summary>
    public string? DeadLetterTopic { get; set; }

    /// <summary>Consumer group. Default <c>ecart</c>.</summary>
    public string Group { get; set; } = "ecart";

    /// <summary>
    /// Any other property of librdkafka by its own name, for example <c>security.protocol</c>. <c>${NAME}</c> stands for an environment variable.
    /// </summary>
    public Dictionary<string, string> Client { get; set; } = [];

    /// <summary>The topics that are read.</summary>
    public IReadOnlyList<string> Topics => [.. new[] { Topic, LabelsTopic }.OfType<string>()];

    /// <summary>Checks what the source needs.</summary>
    /// <param name="path">Where these options stand, for messages: <c>kafka[0]</c>.</param>
    /// <exception cref="CommandException">Something is missing or cannot be set; the message names it.</exception>
    public KafkaSettings MakeSettings(string path)
    {
        var settings = new KafkaSettings
        {
            BootstrapServers = BootstrapServers,
            Group = Group,
            Client = Client.ToDictionary(property => property.Key, property => Expand(path, property.Key, property.Value)),
            Report = Output.Warning,
        };
        if (settings.FindFault() is { } fault) throw Wrong(path, fault);
        if (Topics.Count == 0) throw Wrong(path, "topic is missing: name a topic of events (topic) or of labels (labels_topic).");
        if (Topic == LabelsTopic) throw Wrong(path, $"labels_topic is {LabelsTopic}, as topic: labels need a topic of their own.");
        if (DeadLetterTopic is not null && Topics.Contains(DeadLetterTopic))
            throw Wrong(path, $"dead_letter_topic {DeadLetterTopic} is also read: rejected records would come back for ever. Name another topic.");
        return settings;
    }

    /// <summary>Checks that no topic is read twice: positions are kept by topic.</summary>
    /// <exception cref="CommandException">A topic is named twice.</exception>
    public static void CheckDistinct(IEnumerable<KafkaOptions> options)
    {
        string? twice = options.SelectMany(one => one.Topics).GroupBy(topic => topic, StringComparer.Ordinal).FirstOrDefault(topic => topic.Count() > 1)?.Key;
        if (twice is not null)
            throw Wrong("kafka", $"topic {twice} is named twice: positions are kept by topic name, also across clusters. Remove one, or rename the topic.");
    }

    private static string Expand(string path, string name, string value) =>
        SecretText.IsReference(value) ? SecretText.Resolve($"{path}: client: {name}", value) : value;

    private static CommandException Wrong(string path, string fault) => new($"{path}: {fault}", ExitCode.Usage);
}
