namespace Ecart.Streaming.Cluster;

/// <summary>The ends that an item can come to. Sent between nodes by number.</summary>
internal enum ItemOutcomeKind : byte
{
    /// <summary>Nothing was done: the lane has another owner, or the node ends.</summary>
    NotTaken,

    /// <summary>The event is durable.</summary>
    Stored,

    /// <summary>It was known before.</summary>
    Known,

    /// <summary>The label is durable.</summary>
    Applied,

    /// <summary>It is among the rejected records.</summary>
    Rejected,
}
