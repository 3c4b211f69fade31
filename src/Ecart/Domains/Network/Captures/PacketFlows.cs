using System.Buffers.Binary;
using Ecart.Domains.Network.Decoding;

namespace Ecart.Domains.Network.Captures;

/// <summary>
/// Makes flows of the packets of a capture. Connections that are open at the same time are bounded: the oldest is ended for the next. Not thread-safe.
/// </summary>
public sealed class PacketFlows
{
    private const int MostOpen = 65_536;
    private static readonly long TcpIdleTicks = TimeSpan.FromMinutes(5).Ticks;
    private static readonly long OtherIdleTicks = TimeSpan.FromMinutes(1).Ticks;

    private readonly Dictionary<FlowKey, PacketFlow> open = [];
    private readonly Queue<FlowKey> byAge = new();
    private readonly List<NetworkFlow> done = [];
    private readonly string name;
    private readonly NetworkAddress addresses;
    private int count;

    private PacketFlows(string name, NetworkDecoderOptions options)
    {
        this.name = name;
        addresses = new NetworkAddress(options.InternalNetworks);
    }

    /// <summary>The flows of a capture in the order of their starts: TCP, UDP, ICMP with echoes and answers together, and other IP.</summary>
    /// <param name="capture">A pcap or pcapng file.</param>
    /// <param name="name">Its name, from which the flows' uids are made; at most 100 characters.</param>
    /// <param name="options">Null takes the defaults.</param>
    /// <exception cref="CaptureException">The bytes are no capture.</exception>
    public static IReadOnlyList<NetworkFlow> Read(ReadOnlySpan<byte> capture, string name, NetworkDecoderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(name.Length, 100, nameof(name));
        var flows = new PacketFlows(name, options ?? new NetworkDecoderOptions());
        var packets = new CapturePackets(capture);
        while (packets.TryRead())
            if (PacketHeader.TryRead(packets.Packet, packets.LinkType, out PacketHeader header)) flows.Add(in header, packets.Ticks);
        return flows.Finish();
    }

    private void Add(in PacketHeader packet, long ticks)
    {
        FlowKey outward = FlowKey.Of(in packet);
        FlowKey inward = outward.Reversed;
        bool isOutward = open.TryGetValue(outward, out PacketFlow? flow);
        if (!isOutward && open.TryGetValue(inward, out flow)) outward = inward;
        if (flow is not null && IsOver(flow, in packet, ticks))
        {
            End(outward, flow);
            flow = null;
        }

        if (flow is null)
        {
            flow = new PacketFlow(in packet, ticks, ++count);
            outward = flow.IsReversed ? FlowKey.Of(in packet).Reversed : FlowKey.Of(in packet);
            isOutward = !flow.IsReversed;
            if (open.Count >= MostOpen) EndOldest();
            open[outward] = flow;
            byAge.Enqueue(outward);
        }

        flow.Add(in packet, isOutward, ticks);
    }

    private static bool IsOver(PacketFlow flow, in PacketHeader packet, long ticks)
    {
        bool isTcp = packet.Protocol == NetworkProtocol.Tcp;
        if (ticks - flow.LastTicks > (isTcp ? TcpIdleTicks : OtherIdleTicks)) return true;
        return isTcp && flow.IsOver && packet.Flags.HasFlag(TcpControlBits.Syn) && !packet.Flags.HasFlag(TcpControlBits.Ack);
    }

    private void EndOldest()
    {
        while (byAge.TryDequeue(out FlowKey key))
        {
            if (!open.TryGetValue(key, out PacketFlow? flow)) continue;
            End(key, flow);
            return;
        }
    }

    private void End(FlowKey key, PacketFlow flow)
    {
        open.Remove(key);
        done.Add(flow.ToFlow(name, addresses));
    }

    private List<NetworkFlow> Finish()
    {
        foreach (PacketFlow flow in open.Values.OrderBy(static flow => flow.Position)) done.Add(flow.ToFlow(name, addresses));
        return [.. done.OrderBy(static flow => flow.OccurredAt)];
    }

    private readonly record struct FlowKey(UInt128 Source, UInt128 Destination, int SourcePort, int DestinationPort, NetworkProtocol Protocol)
    {
        private const int EchoMark = 0x10000;

        public FlowKey Reversed => new(Destination, Source, DestinationPort, SourcePort, Protocol);

        public static FlowKey Of(in PacketHeader packet)
        {
            (int from, int to) = packet.Protocol == NetworkProtocol.Icmp ? OfIcmp(in packet) : (packet.SourcePort, packet.DestinationPort);
            return new FlowKey(Bits(packet.Source), Bits(packet.Destination), from, to, packet.Protocol);
        }

        /// <summary>An echo and its answer are one connection, by their identifier; every other message stands alone.</summary>
        private static (int From, int To) OfIcmp(in PacketHeader packet)
        {
            bool isEcho = packet.Source.Length > 4 ? packet.SourcePort is 128 or 129 : packet.SourcePort is 8 or 0;
            return isEcho ? (EchoMark + packet.EchoId, EchoMark + packet.EchoId) : (packet.SourcePort, packet.DestinationPort);
        }

        private static UInt128 Bits(ReadOnlySpan<byte> address) =>
            address.Length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(address) : BinaryPrimitives.ReadUInt128BigEndian(address);
    }
}
