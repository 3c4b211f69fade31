using System.Globalization;

namespace Ecart.Domains.Network.Decoding;

/// <summary>Reads TCP flags as Zeek, Suricata and Argus write them.</summary>
internal static class FlagText
{
    private const string Letters = "FSRPAU";

    /// <summary>Zeek's history of a connection: upper case from the source, lower case from the destination.</summary>
    public static TcpControlBits ParseHistory(ReadOnlySpan<byte> text)
    {
        var flags = TcpControlBits.None;
        foreach (byte letter in text)
        {
            flags |= (letter | 0x20) switch
            {
                's' => TcpControlBits.Syn,
                'h' => TcpControlBits.Syn | TcpControlBits.Ack,
                'a' => TcpControlBits.Ack,
                'd' => TcpControlBits.Psh | TcpControlBits.Ack,
                'f' => TcpControlBits.Fin,
                'r' => TcpControlBits.Rst,
                _ => TcpControlBits.None,
            };
        }

        return flags;
    }

    /// <summary>Letters such as <c>SPA</c>, also of both directions as in <c>SPA_FSPA</c>; or the two hexadecimal digits of Suricata.</summary>
    public static TcpControlBits Parse(ReadOnlySpan<byte> text)
    {
        if (text.Length == 2 && byte.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte bits) && char.IsAsciiDigit((char)text[0]))
            return (TcpControlBits)(bits & 0x3F);
        var flags = TcpControlBits.None;
        foreach (byte letter in text)
        {
            int place = Letters.IndexOf((char)letter, StringComparison.Ordinal);
            if (place >= 0) flags |= (TcpControlBits)(1 << place);
        }

        return flags;
    }
}
