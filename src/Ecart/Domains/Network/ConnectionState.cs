namespace Ecart.Domains.Network;

/// <summary>What became of a connection, the same for every source of flows. Positions are part of the embedding.</summary>
public enum ConnectionState : byte
{
    /// <summary>The source of the flow does not tell.</summary>
    Unknown,

    /// <summary>Opened, answered and closed as it should be; for UDP and ICMP: answered.</summary>
    Established,

    /// <summary>Opened and answered, not closed yet or closed by one side only.</summary>
    Open,

    /// <summary>Nobody answered.</summary>
    NoAnswer,

    /// <summary>Refused by the destination.</summary>
    Rejected,

    /// <summary>Answered, then broken off by a reset.</summary>
    Reset,

    /// <summary>Only a part was seen: no opening, or half of one.</summary>
    Partial,

    /// <summary>An ICMP message that something sent before could not be delivered.</summary>
    ErrorReport,
}
