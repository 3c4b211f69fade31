namespace Ecart.Domains.Network;

/// <summary>What an inner address is, learned from its connections. Stored by its snake_case name.</summary>
public enum AddressType : byte
{
    /// <summary>Too little is known, or the address is like none of the others.</summary>
    Unknown,

    /// <summary>Mostly answers, on few ports.</summary>
    Server,

    /// <summary>Mostly asks, many different destinations.</summary>
    Workstation,

    /// <summary>Asks few destinations on few ports, again and again.</summary>
    IotDevice,
}
