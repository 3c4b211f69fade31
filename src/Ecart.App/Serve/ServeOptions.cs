using Ecart.App.Commands;
using Ecart.App.Domains;
using Ecart.Streaming.Pipeline;

namespace Ecart.App.Serve;

/// <summary>
/// Everything that <c>ecart serve</c> is told: one YAML file with these names in snake_case, and environment variables (<c>ECART_HTTP__LISTEN</c>) that win
/// over it.
/// </summary>
internal sealed class ServeOptions
{
    /// <summary>The domain that is served; a process serves one. Default transactions.</summary>
    public string Domain { get; set; } = ServedDomains.Default.Name;

    /// <summary>The HTTP interface.</summary>
    public HttpOptions Http { get; set; } = new();

    /// <summary>How several processes share the lanes.</summary>
    public ClusterNodeOptions Cluster { get; set; } = new();

    /// <summary>How the service speaks of its work. Default text.</summary>
    public LogForm Log { get; set; }

    /// <summary>Kafka clusters and their topics. Default none.</summary>
    public List<KafkaOptions> Kafka { get; set; } = [];

    /// <summary>Files that are followed as they grow. Default: none.</summary>
    public IList<FileOptions> Files { get; set; } = [];

    /// <summary>MQTT brokers. Default: none.</summary>
    public IList<MqttOptions> Mqtt { get; set; } = [];

    /// <summary>Where alerts go.</summary>
    public AlertOptions Alerts { get; set; } = new();

    /// <summary>How people work in the console.</summary>
    public ConsoleOptions Console { get; set; } = new();

    /// <summary>Seconds between two looks for a changed configuration, rule, exception, signature or cluster, 0.1 to 3,600. Default 2.</summary>
    public double ReloadSeconds { get; set; } = 2;

    /// <summary>Items of one transaction, at most, 1 to 100,000. Default 10,000: it holds what has come, and only a backlog fills it.</summary>
    public int BatchSize { get; set; } = PipelineOptions.Live.BatchSize;

    /// <summary>
    /// Accounts whose state is kept in memory, at most, about 4 KB each. Others are read from the store when they are needed. Default 200,000, at least 1.
    /// </summary>
    public int MaximumResidentEntities { get; set; } = 200_000;

    /// <summary>Minutes between two publications of profiles for SQL users, above 0 to 1,440. Default 5.</summary>
    public double PublishMinutes { get; set; } = 5;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="CommandException">A value is out of its range; the message names it.</exception>
    public void Validate()
    {
        Require(ServedDomains.Find(Domain) is not null, "domain", Domain, $"one of {ServedDomains.Names}");
        Require(ReloadSeconds is >= 0.1 and <= 3600, "reload_seconds", ReloadSeconds, "0.1 to 3,600");
        Require(BatchSize is >= 1 and <= 100_000, "batch_size", BatchSize, "1 to 100,000");
        Require(MaximumResidentEntities >= 1, "maximum_resident_entities", MaximumResidentEntities, "at least 1");
        Require(PublishMinutes is > 0 and <= 1440, "publish_minutes", PublishMinutes, "above 0 to 1,440");
        Http.Validate();
        Alerts.Validate();
    }

    /// <summary>Refuses a value out of its range.</summary>
    internal static void Require<TValue>(bool holds, string name, TValue value, string range)
    {
        if (!holds) throw new CommandException($"{name} is {value}: it must be {range}.", ExitCode.Usage);
    }
}
