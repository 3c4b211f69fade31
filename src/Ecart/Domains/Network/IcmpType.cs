namespace Ecart.Domains.Network;

/// <summary>Types of ICMP messages. J. Postel, RFC 792; A. Conta et al., RFC 4443.</summary>
internal static class IcmpType
{
    private const int Unreachable = 3;
    private const int Echo = 8;
    private const int TimeExceeded = 11;
    private const int Timestamp = 13;
    private const int Information = 15;
    private const int AddressMask = 17;
    private const int Unreachable6 = 1;
    private const int TimeExceeded6 = 3;
    private const int Echo6 = 128;

    /// <summary>Whether the message says that something could not be delivered.</summary>
    public static bool IsError(int type, bool isVersion6) =>
        isVersion6 ? type is Unreachable6 or TimeExceeded6 : type is Unreachable or TimeExceeded;

    /// <summary>Whether the message asks a host for anything: echo, time, address mask, information.</summary>
    public static bool IsRequest(int type, bool isVersion6) => IsEcho(type, isVersion6) || (!isVersion6 && (type is Timestamp or Information or AddressMask));

    /// <summary>Whether the message asks for an echo.</summary>
    public static bool IsEcho(int type, bool isVersion6) => type == (isVersion6 ? Echo6 : Echo);
}
