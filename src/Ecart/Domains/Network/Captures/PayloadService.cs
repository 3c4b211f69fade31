namespace Ecart.Domains.Network.Captures;

/// <summary>Tells the application protocol by the first bytes that are sent, whatever the port.</summary>
internal static class PayloadService
{
    private const int NamesPort = 53;
    private const int HandshakeRecord = 0x16;

    /// <summary>The service as Zeek names it; null when the bytes do not tell.</summary>
    public static string? Of(in PacketHeader packet)
    {
        ReadOnlySpan<byte> payload = packet.Payload;
        if (packet.Protocol == NetworkProtocol.Udp) return packet.SourcePort == NamesPort || packet.DestinationPort == NamesPort ? "dns" : null;
        if (packet.Protocol != NetworkProtocol.Tcp) return null;
        if (payload.StartsWith("SSH-"u8)) return "ssh";
        if (payload.StartsWith("GET "u8) || payload.StartsWith("POST "u8) || payload.StartsWith("HEAD "u8) || payload.StartsWith("HTTP/"u8)) return "http";
        if (payload.Length > 2 && payload[0] == HandshakeRecord && payload[1] == 3) return "ssl";
        if (payload.StartsWith("220 "u8) || payload.StartsWith("220-"u8)) return packet.SourcePort == 21 ? "ftp" : "smtp";
        return payload.StartsWith("RFB "u8) ? "vnc" : null;
    }
}
