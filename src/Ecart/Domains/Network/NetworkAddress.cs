using System.Net;

namespace Ecart.Domains.Network;

/// <summary>Tells where addresses belong. Immutable and safe to share between threads.</summary>
internal sealed class NetworkAddress
{
    private readonly IPNetwork[] internalNetworks;

    /// <param name="internalNetworks">Networks in CIDR form that are internal besides the private ones.</param>
    /// <exception cref="FormatException">One is not a network.</exception>
    public NetworkAddress(IReadOnlyList<string> internalNetworks) => this.internalNetworks = [.. internalNetworks.Select(IPNetwork.Parse)];

    /// <summary>The scope of an address in its shortest form.</summary>
    public AddressScope ScopeOf(string address)
    {
        if (!TryReadVersion4(address, out uint bits)) return ScopeOfOther(address);
        AddressScope scope = ScopeOf(bits);
        return scope == AddressScope.External && internalNetworks.Length > 0 && IsConfigured(address) ? AddressScope.Internal : scope;
    }

    private static AddressScope ScopeOf(uint bits)
    {
        uint first = bits >> 24;
        if (first is 0 or >= 224) return AddressScope.Group;
        bool isPrivate = first is 10 or 127 || (bits >> 20) == 0xAC1 || (bits >> 16) is 0xC0A8 or 0xA9FE || (bits >> 22) == 0x191;
        if (!isPrivate) return AddressScope.External;
        // The mask of a private network is not known; the last address of every 256 is hardly ever a host.
        return (bits & 0xFF) == 0xFF ? AddressScope.Group : AddressScope.Internal;
    }

    private AddressScope ScopeOfOther(string address)
    {
        if (!IPAddress.TryParse(address, out IPAddress? parsed) || parsed.IsIPv6Multicast || parsed.Equals(IPAddress.IPv6Any)) return AddressScope.Group;
        bool isLocal = parsed.IsIPv6LinkLocal || parsed.IsIPv6UniqueLocal || parsed.IsIPv6SiteLocal || IPAddress.IsLoopback(parsed);
        return isLocal || Contains(parsed) ? AddressScope.Internal : AddressScope.External;
    }

    private bool IsConfigured(string address) => IPAddress.TryParse(address, out IPAddress? parsed) && Contains(parsed);

    private bool Contains(IPAddress address)
    {
        foreach (IPNetwork network in internalNetworks)
            if (network.BaseAddress.AddressFamily == address.AddressFamily && network.Contains(address)) return true;
        return false;
    }

    private static bool TryReadVersion4(string address, out uint bits)
    {
        bits = 0;
        uint part = 0;
        int dots = 0;
        foreach (char character in address)
        {
            if (character == '.')
            {
                bits = (bits << 8) | part;
                part = 0;
                dots++;
            }
            else if (char.IsAsciiDigit(character))
            {
                part = (part * 10) + (uint)(character - '0');
            }
            else
            {
                return false;
            }
        }

        bits = (bits << 8) | (part & 0xFF);
        return dots == 3;
    }
}
