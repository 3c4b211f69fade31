using System.Buffers.Binary;
using Ecart.Domains.Network;
using Ecart.Domains.Network.Captures;
using Xunit;

namespace Ecart.Tests.Domains.Network;

public sealed class PacketFlowsTests
{
    private const byte Syn = 2;
    private const byte SynAck = 18;
    private const byte Ack = 16;
    private const byte Push = 24;
    private const byte FinAck = 17;
    private const byte Reset = 20;

    [Fact]
    public void Read_WholeConnection_IsOneFlow()
    {
        NetworkFlow flow = Assert.Single(Read(
            (0, true, Syn, ""), (0.1, false, SynAck, ""), (0.2, true, Ack, ""), (0.3, false, Push, "SSH-2.0-x"), (0.4, true, Push, "SSH-2.0-yy"),
            (1, true, FinAck, ""), (1.5, false, FinAck, "")));

        Assert.Equal((ConnectionState.Established, "ssh", 10L, 9L), (flow.State, flow.Service, flow.BytesOut, flow.BytesIn));
        Assert.Equal(("10.0.0.1", 1234, "10.0.0.2", 22), (flow.SourceAddress, flow.SourcePort, flow.DestinationAddress, flow.DestinationPort));
        Assert.Equal((4L, 3L), (flow.PacketsOut, flow.PacketsIn));
        Assert.Equal(1.5, flow.DurationSeconds, 1e-5);
    }

    [Fact]
    public void Read_Refused_IsRejected() => Assert.Equal(ConnectionState.Rejected, Assert.Single(Read((0, true, Syn, ""), (0.1, false, Reset, ""))).State);

    [Fact]
    public void Read_Unanswered_IsNoAnswer() => Assert.Equal(ConnectionState.NoAnswer, Assert.Single(Read((0, true, Syn, ""), (1, true, Syn, ""))).State);

    [Fact]
    public void Read_BeginsWithTheAnswer_KnowsWhoOpened() => Assert.Equal("10.0.0.1", Assert.Single(Read((0, false, SynAck, ""), (0.1, true, Ack, ""))).SourceAddress);

    [Fact]
    public void Read_OpenedAgainAfterTheEnd_IsAnotherFlow() =>
        Assert.Equal(2, Read((0, true, Syn, ""), (0.1, false, Reset, ""), (0.2, true, Syn, ""), (0.3, false, Reset, "")).Count);

    [Fact]
    public void Read_CutAnywhere_NeverFails()
    {
        byte[] capture = Capture((0, true, Syn, ""), (0.1, false, SynAck, ""), (0.2, true, Push, "GET / HTTP/1.1"));
        for (int length = 24; length < capture.Length; length++) PacketFlows.Read(capture.AsSpan(0, length), "cut");
        Assert.Throws<CaptureException>(() => PacketFlows.Read(capture.AsSpan(0, 23), "cut"));
    }

    [Fact]
    public void Read_AnyByteChanged_NeverFails()
    {
        byte[] capture = Capture((0, true, Syn, ""), (0.1, false, SynAck, ""), (0.2, true, Push, "GET / HTTP/1.1"));
        var random = new Random(3);
        for (int i = 0; i < 5000; i++)
        {
            byte[] changed = (byte[])capture.Clone();
            for (int k = 0; k < 4; k++) changed[24 + random.Next(changed.Length - 24)] = (byte)random.Next(256);
            PacketFlows.Read(changed, "changed");
        }
    }

    [Fact]
    public void Read_NoCapture_SaysWhatItIs() =>
        Assert.Contains("pcap", Assert.Throws<CaptureException>(() => PacketFlows.Read(new byte[40], "nothing")).Message, StringComparison.Ordinal);

    private static IReadOnlyList<NetworkFlow> Read(params (double Seconds, bool IsOutward, byte Flags, string Payload)[] packets) => PacketFlows.Read(Capture(packets), "made");

    private static byte[] Capture(params (double Seconds, bool IsOutward, byte Flags, string Payload)[] packets)
    {
        using var bytes = new MemoryStream();
        Span<byte> header = stackalloc byte[24];
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0xA1B2C3D4);
        BinaryPrimitives.WriteUInt32LittleEndian(header[20..], 1);
        bytes.Write(header);
        foreach ((double seconds, bool isOutward, byte flags, string payload) in packets) bytes.Write(Packet(seconds, isOutward, flags, payload));
        return bytes.ToArray();
    }

    private static byte[] Packet(double seconds, bool isOutward, byte flags, string payload)
    {
        var packet = new byte[16 + 14 + 20 + 20 + payload.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(packet, 1_700_000_000 + (uint)seconds);
        BinaryPrimitives.WriteUInt32LittleEndian(packet.AsSpan(4), (uint)Math.Round((seconds - (uint)seconds) * 1e6));
        BinaryPrimitives.WriteUInt32LittleEndian(packet.AsSpan(8), (uint)(packet.Length - 16));
        Span<byte> ethernet = packet.AsSpan(16);
        ethernet[12] = 8;
        Span<byte> ip = ethernet[14..];
        ip[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(ip[2..], (ushort)(40 + payload.Length));
        ip[9] = 6;
        byte[] client = [10, 0, 0, 1];
        byte[] server = [10, 0, 0, 2];
        (isOutward ? client : server).CopyTo(ip[12..]);
        (isOutward ? server : client).CopyTo(ip[16..]);
        Span<byte> tcp = ip[20..];
        BinaryPrimitives.WriteUInt16BigEndian(tcp, (ushort)(isOutward ? 1234 : 22));
        BinaryPrimitives.WriteUInt16BigEndian(tcp[2..], (ushort)(isOutward ? 22 : 1234));
        tcp[12] = 0x50;
        tcp[13] = flags;
        System.Text.Encoding.ASCII.GetBytes(payload).CopyTo(tcp[20..]);
        return packet;
    }
}
