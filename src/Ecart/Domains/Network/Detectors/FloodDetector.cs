using Ecart.Detection;
using Ecart.Scoring;

namespace Ecart.Domains.Network.Detectors;

/// <summary>A flood of connections or of packets to one port of one host.</summary>
internal sealed class FloodDetector : IEventDetector<NetworkContext>
{
    /// <inheritdoc/>
    public void Evaluate(in NetworkContext context, Verdict verdict)
    {
        FloodOptions options = context.Options.Flood;
        if (IsOfConnections(in context))
        {
            verdict.Add(new(
                EvidenceCode.Flood, 0, context.FloodConnections, double.NaN, options.Connections, context.FloodEmptyShare, context.Event.DestinationAddress));
        }
        else if (IsOfPackets(in context))
        {
            verdict.Add(new(
                EvidenceCode.Flood, 0, context.Event.PacketsOut, double.NaN, options.Packets, context.Event.DurationSeconds, context.Event.DestinationAddress));
        }
    }

    /// <summary>Whether the event is one of a flood.</summary>
    public static bool IsFlood(in NetworkContext context) => IsOfConnections(in context) || IsOfPackets(in context);

    private static bool IsOfConnections(in NetworkContext context)
    {
        FloodOptions options = context.Options.Flood;
        return context.FloodConnections >= options.Connections && context.FloodEmptyShare >= options.MinimumEmptyShare;
    }

    private static bool IsOfPackets(in NetworkContext context)
    {
        FloodOptions options = context.Options.Flood;
        NetworkFlow flow = context.Event;
        return flow.PacketsOut >= options.Packets && flow.DestinationScope != AddressScope.Group
            && flow.PacketsOut >= options.PacketsPerSecond * flow.DurationSeconds
            && flow.PacketsIn <= options.AnswerShare * flow.PacketsOut;
    }
}
