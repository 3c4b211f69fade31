namespace Ecart.Domains.Network;

/// <summary>The lists of the configuration, ready to be asked for every event. Immutable.</summary>
internal sealed class NetworkSets
{
    private readonly bool[] regular;
    private readonly bool[] logins;
    private readonly bool[] administration;
    private readonly string[] loginServices;

    public NetworkSets(NetworkOptions options)
    {
        regular = Ports(options.Beacon.RegularPorts);
        logins = Ports(options.BruteForce.Ports);
        administration = Ports(options.Lateral.Ports);
        loginServices = [.. options.BruteForce.Services];
    }

    /// <summary>Whether the port's protocols are regular by nature.</summary>
    public bool IsRegular(int port) => regular[port & 0xFFFF];

    /// <summary>Whether the port is for administration.</summary>
    public bool IsAdministration(int port) => administration[port & 0xFFFF];

    /// <summary>Whether people log in there.</summary>
    public bool IsLogin(NetworkFlow flow) => flow.Protocol == NetworkProtocol.Tcp && (logins[flow.DestinationPort & 0xFFFF] || IsLoginService(flow.Service));

    private bool IsLoginService(string? service)
    {
        if (service is null) return false;
        foreach (string known in loginServices)
            if (string.Equals(known, service, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    private static bool[] Ports(IReadOnlyList<int> ports)
    {
        var set = new bool[1 << 16];
        foreach (int port in ports) set[port & 0xFFFF] = true;
        return set;
    }
}
