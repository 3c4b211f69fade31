namespace Ecart.Events;

/// <summary>IP addresses as numbers of 128 bits, those of version 4 as <c>::ffff:a.b.c.d</c>. Reads without allocating.</summary>
internal static class AddressBits
{
    private const int Bits = 128;
    private const int Version4Prefix = 96;
    private const int Groups = 8;

    /// <summary>Reads a dotted decimal or hexadecimal address, without zone.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out UInt128 address)
    {
        if (text.Contains(':')) return TryParseVersion6(text, out address);
        bool isRead = TryParseVersion4(text, out uint number);
        address = isRead ? Mapped(number) : 0;
        return isRead;
    }

    /// <summary>Reads <c>address/length</c>; an address alone is a network of one.</summary>
    /// <param name="text">Text.</param>
    /// <param name="network">Address with the bits beyond the length cleared.</param>
    /// <param name="length">Bits of the 128 that name the network.</param>
    public static bool TryParseNetwork(ReadOnlySpan<char> text, out UInt128 network, out int length)
    {
        int slash = text.IndexOf('/');
        ReadOnlySpan<char> address = slash < 0 ? text : text[..slash];
        length = Bits;
        if (!TryParse(address, out network)) return false;
        if (slash >= 0)
        {
            int most = IsVersion4(network) && !address.Contains(':') ? Bits - Version4Prefix : Bits;
            ReadOnlySpan<char> digits = text[(slash + 1)..];
            if (digits.Length is 0 or > 3 || !TryNumber(digits, out int given) || given > most) return false;
            length = Bits - most + given;
        }

        network = Cut(network, length);
        return true;
    }

    /// <summary>Clears the bits beyond a prefix.</summary>
    public static UInt128 Cut(UInt128 address, int length) => length == 0 ? 0 : address & (UInt128.MaxValue << (Bits - length));

    public static bool IsVersion4(UInt128 address) => address >> 32 == 0xFFFF;

    /// <summary>Whether it belongs to a private, link-local, loopback or unique local range (RFC 1918, 3927, 4193, 4291).</summary>
    public static bool IsPrivate(UInt128 address)
    {
        if (!IsVersion4(address))
            return address == 1 || address >> 121 == 0xFC >> 1 || address >> 118 == 0xFE80 >> 6;
        uint number = (uint)address;
        return number >> 24 is 10 or 127 || number >> 20 == 0xAC1 || number >> 16 is 0xC0A8 or 0xA9FE;
    }

    private static UInt128 Mapped(uint number) => ((UInt128)0xFFFF << 32) | number;

    private static bool TryNumber(ReadOnlySpan<char> digits, out int number)
    {
        number = 0;
        foreach (char digit in digits)
        {
            if (!char.IsAsciiDigit(digit)) return false;
            number = (10 * number) + (digit - '0');
        }

        return true;
    }

    private static bool TryParseVersion4(ReadOnlySpan<char> text, out uint number)
    {
        number = 0;
        for (int part = 0; part < 4; part++)
        {
            int end = part < 3 ? text.IndexOf('.') : text.Length;
            if (end is < 1 or > 3 || (end > 1 && text[0] == '0') || !TryNumber(text[..end], out int value) || value > 255) return false;
            number = (number << 8) | (uint)value;
            text = part < 3 ? text[(end + 1)..] : [];
        }

        return true;
    }

    private static bool TryParseVersion6(ReadOnlySpan<char> text, out UInt128 address)
    {
        address = 0;
        int gap = text.IndexOf("::");
        if (gap < 0) return TryGroups(text, out address, out int all) && all == Groups;
        if (!TryGroups(text[..gap], out UInt128 head, out int before) || !TryGroups(text[(gap + 2)..], out UInt128 tail, out int after)) return false;
        if (before + after >= Groups) return false;
        address = (before == 0 ? 0 : head << (16 * (Groups - before))) | tail;
        return true;
    }

    private static bool TryGroups(ReadOnlySpan<char> text, out UInt128 address, out int groups)
    {
        address = 0;
        groups = 0;
        while (!text.IsEmpty)
        {
            int end = text.IndexOf(':');
            ReadOnlySpan<char> group = end < 0 ? text : text[..end];
            if (end < 0 && group.Contains('.'))
            {
                if (!TryParseVersion4(group, out uint number)) return false;
                address = (address << 32) | number;
                groups += 2;
                return groups <= Groups;
            }

            if (group.Length is 0 or > 4 || !TryHexadecimal(group, out uint value) || ++groups > Groups) return false;
            address = (address << 16) | value;
            if (end < 0) return true;
            text = text[(end + 1)..];
            if (text.IsEmpty) return false;
        }

        return true;
    }

    private static bool TryHexadecimal(ReadOnlySpan<char> digits, out uint value)
    {
        value = 0;
        foreach (char digit in digits)
        {
            if (!char.IsAsciiHexDigit(digit)) return false;
            value = (value << 4) | (uint)(char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }

        return true;
    }
}
