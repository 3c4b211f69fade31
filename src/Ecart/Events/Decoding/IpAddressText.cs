using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ecart.Events.Decoding;

/// <summary>Reads IP addresses into their shortest text form, so that one address is one entity.</summary>
internal static class IpAddressText
{
    /// <summary>Longest text of an IPv6 address.</summary>
    public const int MaximumLength = 45;

    public static readonly FieldFault NotAnAddress = new(
        RejectReason.WrongType, "is not an IP address: write 192.0.2.7 or 2001:db8::7, without port, zone or leading zeros.");

    /// <summary>True for four decimal numbers 0 to 255 without leading zeros: already the shortest form.</summary>
    public static bool IsDottedDecimal(ReadOnlySpan<byte> text)
    {
        var parts = 0;
        while (true)
        {
            var length = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            var digits = length < 0 ? text : text[..length];
            if (digits.Length is 0 or > 3 || (digits.Length > 1 && digits[0] == '0') || (digits.Length == 3 && digits.SequenceCompareTo("255"u8) > 0))
                return false;

            parts++;
            if (length < 0)
                return parts == 4;
            if (text[length] != '.' || parts == 4)
                return false;
            text = text[(length + 1)..];
        }
    }

    /// <summary>Reads an IPv6 address; one that wraps an IPv4 address becomes that address.</summary>
    public static bool TryParseVersion6(ReadOnlySpan<byte> text, out string shortest)
    {
        shortest = string.Empty;
        if (text.Length > MaximumLength || text.ContainsAnyExcept(AddressCharacters) || !text.Contains((byte)':'))
            return false;
        if (!IPAddress.TryParse(Encoding.ASCII.GetString(text), out var address) || address.AddressFamily != AddressFamily.InterNetworkV6)
            return false;

        shortest = (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
        return true;
    }

    private static readonly System.Buffers.SearchValues<byte> AddressCharacters =
        System.Buffers.SearchValues.Create("0123456789abcdefABCDEF:."u8);
}
