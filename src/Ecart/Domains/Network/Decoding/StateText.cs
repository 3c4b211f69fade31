using System.Text;

namespace Ecart.Domains.Network.Decoding;

/// <summary>Reads what Zeek, Suricata and Argus say became of a connection.</summary>
internal static class StateText
{
    /// <summary>The state by its name; unknown when the name says nothing.</summary>
    public static ConnectionState Parse(ReadOnlySpan<byte> text, NetworkProtocol protocol)
    {
        if (text.IsEmpty) return ConnectionState.Unknown;
        if (TryParseZeek(text, out ConnectionState zeek)) return zeek;
        if (Ascii.EqualsIgnoreCase(text, "new"u8)) return ConnectionState.Unknown;
        if (Ascii.EqualsIgnoreCase(text, "established"u8)) return ConnectionState.Open;
        if (Ascii.EqualsIgnoreCase(text, "closed"u8)) return ConnectionState.Established;
        return protocol == NetworkProtocol.Tcp && text.Contains((byte)'_') ? ParseFlags(text) : ParseArgus(text);
    }

    /// <summary>Whether a name says only how far Suricata's flow table came: packets say more.</summary>
    public static bool IsVague(ReadOnlySpan<byte> text) => Ascii.EqualsIgnoreCase(text, "established"u8) || Ascii.EqualsIgnoreCase(text, "closed"u8);

    /// <summary>The state that volumes tell where no name does.</summary>
    public static ConnectionState Infer(NetworkProtocol protocol, TcpControlBits flags, long packetsOut, long packetsIn)
    {
        if (packetsOut <= 0 && packetsIn <= 0) return ConnectionState.Unknown;
        if (packetsIn <= 0) return ConnectionState.NoAnswer;
        if (protocol != NetworkProtocol.Tcp) return ConnectionState.Established;
        bool isReset = flags.HasFlag(TcpControlBits.Rst);
        // A refused opening is one packet each way, or a few where it was tried again.
        if (isReset && !flags.HasFlag(TcpControlBits.Psh) && packetsIn <= packetsOut && !flags.HasFlag(TcpControlBits.Fin)) return ConnectionState.Rejected;
        if (isReset) return ConnectionState.Reset;
        return flags.HasFlag(TcpControlBits.Fin) ? ConnectionState.Established : ConnectionState.Open;
    }

    private static bool TryParseZeek(ReadOnlySpan<byte> text, out ConnectionState state)
    {
        state = ConnectionState.Unknown;
        if (text.SequenceEqual("SF"u8)) state = ConnectionState.Established;
        else if (text.SequenceEqual("S1"u8) || text.SequenceEqual("S2"u8) || text.SequenceEqual("S3"u8)) state = ConnectionState.Open;
        else if (text.SequenceEqual("S0"u8) || text.SequenceEqual("SH"u8) || text.SequenceEqual("RSTOS0"u8)) state = ConnectionState.NoAnswer;
        else if (text.SequenceEqual("REJ"u8)) state = ConnectionState.Rejected;
        else if (text.SequenceEqual("RSTO"u8) || text.SequenceEqual("RSTR"u8)) state = ConnectionState.Reset;
        else if (text.SequenceEqual("OTH"u8) || text.SequenceEqual("SHR"u8) || text.SequenceEqual("RSTRH"u8)) state = ConnectionState.Partial;
        return state != ConnectionState.Unknown;
    }

    /// <summary>TCP flags of the source, an underscore, those of the destination: <c>SRPA_FSPA</c>.</summary>
    private static ConnectionState ParseFlags(ReadOnlySpan<byte> text)
    {
        int middle = text.IndexOf((byte)'_');
        ReadOnlySpan<byte> source = text[..middle];
        ReadOnlySpan<byte> destination = text[(middle + 1)..];
        bool isOpened = source.Contains((byte)'S');
        if (destination.IsEmpty) return isOpened ? ConnectionState.NoAnswer : ConnectionState.Partial;
        bool isAnswered = destination.Contains((byte)'S') || destination.Contains((byte)'P');
        if (!isAnswered) return destination.Contains((byte)'R') && isOpened ? ConnectionState.Rejected : ConnectionState.Partial;
        if (source.Contains((byte)'R') || destination.Contains((byte)'R')) return ConnectionState.Reset;
        bool isClosed = source.Contains((byte)'F') && destination.Contains((byte)'F');
        return isOpened && isClosed ? ConnectionState.Established : ConnectionState.Open;
    }

    private static ConnectionState ParseArgus(ReadOnlySpan<byte> text)
    {
        if (text.SequenceEqual("CON"u8) || text.SequenceEqual("FIN"u8) || text.SequenceEqual("CLO"u8) || text.SequenceEqual("ECR"u8)) return ConnectionState.Established;
        if (text.SequenceEqual("ACC"u8)) return ConnectionState.Open;
        if (text.SequenceEqual("INT"u8) || text.SequenceEqual("REQ"u8) || text.SequenceEqual("ECO"u8) || text.SequenceEqual("TIM"u8)) return ConnectionState.NoAnswer;
        if (text.SequenceEqual("RST"u8)) return ConnectionState.Reset;
        return text.StartsWith("UR"u8) || text.StartsWith("TXD"u8) ? ConnectionState.ErrorReport : ConnectionState.Unknown;
    }
}
