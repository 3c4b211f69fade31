using System.Net;

namespace Ecart.Domains.Network.Captures;

/// <summary>One connection while its packets come. Not thread-safe.</summary>
internal sealed class PacketFlow
{
    private readonly IPAddress source;
    private readonly IPAddress destination;
    private readonly NetworkProtocol protocol;
    private readonly int sourcePort;
    private readonly int destinationPort;
    private readonly bool isError;
    private TcpControlBits outward;
    private TcpControlBits inward;
    private bool isOpened;
    private bool isAnswered;
    private long bytesOut;
    private long bytesIn;
    private long packetsOut;
    private long packetsIn;
    private string? service;

    public PacketFlow(in PacketHeader first, long ticks, int position)
    {
        // A capture that begins with the answer to an opening still shows who opened.
        IsReversed = first.Protocol == NetworkProtocol.Tcp && first.Flags.HasFlag(TcpControlBits.Syn | TcpControlBits.Ack);
        source = new IPAddress(IsReversed ? first.Destination : first.Source);
        destination = new IPAddress(IsReversed ? first.Source : first.Destination);
        protocol = first.Protocol;
        sourcePort = IsReversed ? first.DestinationPort : first.SourcePort;
        destinationPort = IsReversed ? first.SourcePort : first.DestinationPort;
        isError = protocol == NetworkProtocol.Icmp && IcmpType.IsError(sourcePort, first.Source.Length > 4);
        isOpened = IsReversed;
        StartTicks = ticks;
        LastTicks = ticks;
        Position = position;
    }

    /// <summary>Whether the first packet was an answer.</summary>
    public bool IsReversed { get; }

    /// <summary>Number of the flow in its capture.</summary>
    public int Position { get; }

    public long StartTicks { get; }

    public long LastTicks { get; private set; }

    /// <summary>Whether both sides said goodbye, or one broke off.</summary>
    public bool IsOver => (outward | inward).HasFlag(TcpControlBits.Rst) || (outward.HasFlag(TcpControlBits.Fin) && inward.HasFlag(TcpControlBits.Fin));

    public void Add(in PacketHeader packet, bool isOutward, long ticks)
    {
        LastTicks = Math.Max(LastTicks, ticks);
        bool isOpening = packet.Flags.HasFlag(TcpControlBits.Syn) && !packet.Flags.HasFlag(TcpControlBits.Ack);
        if (isOutward)
        {
            packetsOut++;
            bytesOut += packet.PayloadLength;
            outward |= packet.Flags;
            isOpened |= isOpening;
        }
        else
        {
            packetsIn++;
            bytesIn += packet.PayloadLength;
            inward |= packet.Flags;
            isAnswered |= packet.Flags.HasFlag(TcpControlBits.Syn);
        }

        if (packet.PayloadLength > 0 && service is null) service = PayloadService.Of(in packet);
    }

    public NetworkFlow ToFlow(string captureName, NetworkAddress addresses)
    {
        string sourceText = source.ToString();
        string destinationText = destination.ToString();
        return new NetworkFlow
        {
            EventUid = $"{captureName}:{Position}",
            OccurredAt = new DateTime(StartTicks, DateTimeKind.Utc),
            SourceAddress = sourceText,
            SourcePort = sourcePort,
            DestinationAddress = destinationText,
            DestinationPort = destinationPort,
            Protocol = protocol,
            Service = service,
            BytesOut = bytesOut,
            BytesIn = bytesIn,
            PacketsOut = packetsOut,
            PacketsIn = packetsIn,
            DurationSeconds = (LastTicks - StartTicks) / (double)TimeSpan.TicksPerSecond,
            State = State(),
            Flags = outward | inward,
            SourceScope = addresses.ScopeOf(sourceText),
            DestinationScope = addresses.ScopeOf(destinationText),
        };
    }

    private ConnectionState State()
    {
        if (isError) return ConnectionState.ErrorReport;
        if (protocol == NetworkProtocol.Icmp && !IcmpType.IsRequest(sourcePort, source.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6))
            return ConnectionState.Unknown;
        if (protocol != NetworkProtocol.Tcp) return packetsIn > 0 ? ConnectionState.Established : ConnectionState.NoAnswer;
        bool isReset = (outward | inward).HasFlag(TcpControlBits.Rst);
        if (isOpened && !isAnswered) return inward.HasFlag(TcpControlBits.Rst) ? ConnectionState.Rejected : OfUnanswered();
        if (!isOpened && !isAnswered) return bytesOut > 0 && bytesIn > 0 ? ConnectionState.Open : ConnectionState.Partial;
        if (isReset) return ConnectionState.Reset;
        return IsOver ? ConnectionState.Established : ConnectionState.Open;
    }

    private ConnectionState OfUnanswered() => packetsIn == 0 ? ConnectionState.NoAnswer : ConnectionState.Partial;
}
