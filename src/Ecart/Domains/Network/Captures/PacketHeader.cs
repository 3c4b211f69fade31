using System.Buffers.Binary;

namespace Ecart.Domains.Network.Captures;

/// <summary>What the headers of one packet say of its connection.</summary>
internal ref struct PacketHeader
{
    private const int EthernetLink = 1;
    private const int CookedLink = 113;
    private const int Cooked2Link = 276;
    private const int Version4Type = 0x0800;
    private const int Version6Type = 0x86DD;
    private const int TcpNumber = 6;
    private const int UdpNumber = 17;
    private const int IcmpNumber = 1;
    private const int Icmp6Number = 58;

    /// <summary>Address of the sender, 4 or 16 bytes.</summary>
    public ReadOnlySpan<byte> Source;

    /// <summary>Address of the receiver.</summary>
    public ReadOnlySpan<byte> Destination;

    /// <summary>What the transport carries.</summary>
    public ReadOnlySpan<byte> Payload;

    /// <summary>Bytes of it, also where the capture cut them off.</summary>
    public int PayloadLength;

    public NetworkProtocol Protocol;

    /// <summary>Port of the sender; the ICMP type.</summary>
    public int SourcePort;

    /// <summary>Port of the receiver; the ICMP code.</summary>
    public int DestinationPort;

    /// <summary>Identifier of an ICMP echo.</summary>
    public int EchoId;

    public TcpControlBits Flags;

    /// <summary>Reads the headers; false when there is no IP in it, or only a part.</summary>
    public static bool TryRead(ReadOnlySpan<byte> packet, int linkType, out PacketHeader header)
    {
        header = default;
        ReadOnlySpan<byte> ip = WithoutLink(packet, linkType);
        if (ip.IsEmpty) return false;
        int version = ip[0] >> 4;
        if (version == 4) return header.TryReadVersion4(ip);
        return version == 6 && header.TryReadVersion6(ip);
    }

    private static ReadOnlySpan<byte> WithoutLink(ReadOnlySpan<byte> packet, int linkType)
    {
        int offset = linkType switch
        {
            EthernetLink => 14,
            0 or 108 => 4,
            CookedLink => 16,
            Cooked2Link => 20,
            _ => 0,
        };
        if (packet.Length <= offset) return [];
        if (linkType is not (EthernetLink or CookedLink or Cooked2Link)) return packet[offset..];
        int type = BinaryPrimitives.ReadUInt16BigEndian(packet[(linkType == Cooked2Link ? 0 : offset - 2)..]);
        while (type is 0x8100 or 0x88A8 && linkType == EthernetLink && packet.Length > offset + 4)
        {
            type = BinaryPrimitives.ReadUInt16BigEndian(packet[(offset + 2)..]);
            offset += 4;
        }

        return type is Version4Type or Version6Type ? packet[offset..] : [];
    }

    private bool TryReadVersion4(ReadOnlySpan<byte> ip)
    {
        if (ip.Length < 20) return false;
        int header = (ip[0] & 15) * 4;
        bool isLaterFragment = (BinaryPrimitives.ReadUInt16BigEndian(ip[6..]) & 0x1FFF) != 0;
        if (header < 20 || ip.Length < header || isLaterFragment) return false;
        Source = ip.Slice(12, 4);
        Destination = ip.Slice(16, 4);
        int length = Math.Max(0, BinaryPrimitives.ReadUInt16BigEndian(ip[2..]) - header);
        return TryReadTransport(ip[9], ip[header..], length);
    }

    private bool TryReadVersion6(ReadOnlySpan<byte> ip)
    {
        if (ip.Length < 40) return false;
        Source = ip.Slice(8, 16);
        Destination = ip.Slice(24, 16);
        int length = BinaryPrimitives.ReadUInt16BigEndian(ip[4..]);
        int next = ip[6];
        ReadOnlySpan<byte> rest = ip[40..];
        while (next is 0 or 43 or 60 && rest.Length >= 8)
        {
            int step = (rest[1] + 1) * 8;
            if (step > rest.Length) return false;
            next = rest[0];
            length -= step;
            rest = rest[step..];
        }

        return TryReadTransport(next, rest, Math.Max(0, length));
    }

    private bool TryReadTransport(int number, ReadOnlySpan<byte> rest, int length)
    {
        switch (number)
        {
            case TcpNumber when rest.Length >= 20:
                Protocol = NetworkProtocol.Tcp;
                ReadPorts(rest);
                Flags = (TcpControlBits)(rest[13] & 0x3F);
                return TryReadPayload(rest, length, (rest[12] >> 4) * 4);
            case UdpNumber when rest.Length >= 8:
                Protocol = NetworkProtocol.Udp;
                ReadPorts(rest);
                return TryReadPayload(rest, length, 8);
            case IcmpNumber or Icmp6Number when rest.Length >= 8:
                Protocol = NetworkProtocol.Icmp;
                SourcePort = rest[0];
                DestinationPort = rest[1];
                EchoId = BinaryPrimitives.ReadUInt16BigEndian(rest[4..]);
                return TryReadPayload(rest, length, 8);
            case TcpNumber or UdpNumber or IcmpNumber or Icmp6Number:
                return false;
            default:
                Protocol = NetworkProtocol.Other;
                return TryReadPayload(rest, length, 0);
        }
    }

    private void ReadPorts(ReadOnlySpan<byte> rest)
    {
        SourcePort = BinaryPrimitives.ReadUInt16BigEndian(rest);
        DestinationPort = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
    }

    private bool TryReadPayload(ReadOnlySpan<byte> rest, int length, int header)
    {
        PayloadLength = Math.Max(0, length - header);
        Payload = rest.Length > header ? rest[header..] : [];
        // What an Ethernet frame is filled up with is no payload.
        if (Payload.Length > PayloadLength) Payload = Payload[..PayloadLength];
        return true;
    }
}
