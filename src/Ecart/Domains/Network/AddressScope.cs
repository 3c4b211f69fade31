namespace Ecart.Domains.Network;

/// <summary>Where an address belongs.</summary>
public enum AddressScope : byte
{
    /// <summary>Not an address of one host: multicast, broadcast, unspecified.</summary>
    Group,

    /// <summary>A private, local or configured address.</summary>
    Internal,

    /// <summary>Any other host.</summary>
    External,
}
