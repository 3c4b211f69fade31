namespace Ecart.Checker;

/// <summary>One check: what is produced, through what, and what is broken meanwhile.</summary>
internal sealed record CheckOptions
{
    /// <summary>Seed of the stream and of the schedule of faults. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Events. Default 20,000.</summary>
    public int Events { get; init; } = 20_000;

    /// <summary>Events a second that are produced; 0 for as fast as they are taken. Default 1,000.</summary>
    public double Rate { get; init; } = 1000;

    /// <summary>The way in.</summary>
    public ProducerKind Producer { get; init; } = ProducerKind.Live;

    /// <summary>Whether each event is produced a second time, a little later. Default false.</summary>
    public bool Twice { get; init; }

    /// <summary>Whether labels and corrections are produced too: through the pipeline alone and through Kafka. Default true.</summary>
    public bool Labels { get; init; } = true;

    /// <summary>Partitions of the topics of Kafka. Default 4.</summary>
    public int Partitions { get; init; } = 4;

    /// <summary>Records for each event that nobody can read, through brokers. Default 0.01.</summary>
    public double UnreadableShare { get; init; } = 0.01;

    /// <summary>SIGKILLs of the service. Default 5.</summary>
    public int ServiceKills { get; init; } = 5;

    /// <summary>SIGKILLs of the database. Default 2.</summary>
    public int ServerKills { get; init; } = 2;

    /// <summary>Times at which the service is stopped by SIGSTOP for two seconds. Default 1.</summary>
    public int Pauses { get; init; } = 1;

    /// <summary>Times at which every connection of the database is killed. Default 3.</summary>
    public int ConnectionKills { get; init; } = 3;

    /// <summary>COMMITs that are cut off, every other one after it took effect. Default 5.</summary>
    public int CommitCuts { get; init; } = 5;

    /// <summary>Times at which the disk of the database is full for three seconds; its folder must lie on a small disk of its own. Default 0.</summary>
    public int FullDisks { get; init; }

    /// <summary>Times at which the broker is away: Kafka's takes no connection, mosquitto is stopped and started again. Default 1.</summary>
    public int BrokerOutages { get; init; } = 1;

    /// <summary>For how long the broker is away. Default 30 s.</summary>
    public TimeSpan Outage { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Times at which the broker of Kafka answers some requests of each kind with errors. Default 3.</summary>
    public int BrokerErrors { get; init; } = 3;

    /// <summary>Times at which strangers join and leave the consumer groups, again and again. Default 1.</summary>
    public int Rebalances { get; init; } = 1;

    /// <summary>For how long strangers join and leave. Default 15 s.</summary>
    public TimeSpan Storm { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Folder for the database and the files; deleted at the end unless something was found. Null: a new temporary one.</summary>
    public string? Home { get; init; }

    /// <summary>Folder of the database alone, to have it on a disk of its own. Null: in <see cref="Home"/>.</summary>
    public string? Database { get; init; }

    /// <summary>The program <c>ecart</c>; null: the one built beside this.</summary>
    public string? Program { get; init; }

    /// <summary>Events of one transaction, at most: small ones make more moments at which something can go wrong. Default 200.</summary>
    public int BatchSize { get; init; } = 200;

    /// <summary>For how long nothing may become durable, without a fault, before the check gives up. Default 90 s.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>Whether events come through a broker, which may fail too.</summary>
    public bool HasBroker => Producer is ProducerKind.Kafka or ProducerKind.Mqtt;

    /// <summary>Whether labels are produced.</summary>
    public bool HasLabels => Labels && (Producer is ProducerKind.Live or ProducerKind.Kafka);

    /// <summary>
    /// Whether the service gets everything in the order of production: then its log and its verdicts must be those of an undisturbed run. Partitions, a
    /// topic of labels beside that of events, and MQTT's many topics promise the order of each entity only, and what an event is compared with depends a
    /// little on the others that came before it.
    /// </summary>
    public bool IsOrderTotal => Producer switch
    {
        ProducerKind.Kafka => Partitions == 1 && !Labels,
        ProducerKind.Mqtt => false,
        _ => true,
    };
}
