using System.Diagnostics.CodeAnalysis;
using Ecart.Domains.Network.Decoding;
using Ecart.Events;
using Ecart.Events.Decoding;

namespace Ecart.Domains.Network.Captures;

/// <summary>Flows of captures of packets, pcap and pcapng.</summary>
internal sealed class PacketCapture(NetworkDecoderOptions options) : ICaptureDecoder
{
    private const int MostNameCharacters = 100;

    public bool Begins(ReadOnlySpan<byte> bytes) => CapturePackets.Begins(bytes);

    public bool TryDecode(
        ReadOnlySpan<byte> capture, string name, [NotNullWhen(true)] out IReadOnlyList<DomainEvent>? events, [NotNullWhen(false)] out string? problem)
    {
        (events, problem) = (null, null);
        try
        {
            events = PacketFlows.Read(capture, name[^Math.Min(name.Length, MostNameCharacters)..], options);
            return true;
        }
        catch (CaptureException fault)
        {
            problem = fault.Message;
            return false;
        }
    }
}
