namespace Ecart.Embedded.Kafka;

/// <summary>Requests of the Kafka protocol that an embedded broker can be told to answer with an error; values as in the protocol.</summary>
public enum KafkaRequest : short
{
    /// <summary>Producers send messages.</summary>
    Produce = 0,

    /// <summary>Consumers fetch messages.</summary>
    Fetch = 1,

    /// <summary>First and last offsets are asked for.</summary>
    ListOffsets = 2,

    /// <summary>Clients ask which topics there are.</summary>
    Metadata = 3,

    /// <summary>Consumers commit offsets to their group.</summary>
    OffsetCommit = 8,

    /// <summary>Consumers ask for their group's offsets.</summary>
    OffsetFetch = 9,

    /// <summary>Consumers enter a group.</summary>
    JoinGroup = 11,

    /// <summary>Consumers stay in a group.</summary>
    Heartbeat = 12,

    /// <summary>Consumers learn their partitions.</summary>
    SyncGroup = 14,
}
