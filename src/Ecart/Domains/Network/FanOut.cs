namespace Ecart.Domains.Network;

/// <summary>How many distinct targets a source has tried shortly before an event, the event's own included.</summary>
internal struct FanOut
{
    /// <summary>Distinct pairs of destination and port.</summary>
    public int Contacts;

    /// <summary>Those that failed.</summary>
    public int Failed;

    /// <summary>Distinct ports, whatever the destination.</summary>
    public int Ports;

    /// <summary>Distinct ports of the event's destination.</summary>
    public int PortsThere;

    /// <summary>Those that failed.</summary>
    public int FailedPortsThere;

    /// <summary>Distinct destinations on the event's port.</summary>
    public int HostsOnPort;

    /// <summary>Those that failed.</summary>
    public int FailedHostsOnPort;

    /// <summary>Destinations on the event's port that were new to the source.</summary>
    public int NewHostsOnPort;

    /// <summary>Share of the contacts that failed.</summary>
    public readonly double FailedShare => Contacts == 0 ? 0 : (double)Failed / Contacts;

    /// <summary>Share of the ports of the destination that failed.</summary>
    public readonly double FailedShareThere => PortsThere == 0 ? 0 : (double)FailedPortsThere / PortsThere;

    /// <summary>Share of the destinations on the port that failed.</summary>
    public readonly double FailedShareOnPort => HostsOnPort == 0 ? 0 : (double)FailedHostsOnPort / HostsOnPort;
}
