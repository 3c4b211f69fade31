namespace Ecart.Domains.Network;

/// <summary>Transport of a connection. Stored by its lower-case name; positions are part of the embedding.</summary>
public enum NetworkProtocol : byte
{
    /// <summary>TCP.</summary>
    Tcp,

    /// <summary>UDP.</summary>
    Udp,

    /// <summary>ICMP of IPv4 or IPv6.</summary>
    Icmp,

    /// <summary>Anything else.</summary>
    Other,
}
