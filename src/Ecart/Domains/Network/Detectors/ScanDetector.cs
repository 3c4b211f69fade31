using Ecart.Detection;
using Ecart.Scoring;

namespace Ecart.Domains.Network.Detectors;

/// <summary>Many ports, or many hosts on one port, within minutes; weighted by how many of them failed.</summary>
internal sealed class ScanDetector : IEventDetector<NetworkContext>
{
    /// <inheritdoc/>
    public void Evaluate(in NetworkContext context, Verdict verdict)
    {
        if (!IsPart(in context)) return;
        ScanOptions options = context.Options.Scan;
        double ports = options.Contribution(context.WeightedPorts);
        if (ports > 0)
            verdict.Add(new(EvidenceCode.PortScan, ports, context.WeightedPorts, double.NaN, options.SomeTargets, context.FailedShare, null));
        double hosts = options.Contribution(context.WeightedHosts);
        if (hosts > 0)
            verdict.Add(new(EvidenceCode.HostScan, hosts, context.WeightedHosts, double.NaN, options.SomeTargets, context.FailedShareOnPort, null));
    }

    /// <summary>
    /// Whether the event is one of a scan: of the ports of its destination, or of hosts on its port, of which many failed; or of hosts inside, or by ICMP, that
    /// were all new to the source, whether they answered or not.
    /// </summary>
    public static bool IsScan(in NetworkContext context)
    {
        if (!IsPart(in context)) return false;
        ScanOptions options = context.Options.Scan;
        bool isVertical = context.WeightedPortsThere > options.SomeTargets && context.FailedShareThere >= options.MinimumFailedShare;
        bool isHorizontal = context.WeightedHosts > options.SomeTargets && context.FailedShareOnPort >= options.MinimumFailedShare;
        return isVertical || isHorizontal || (context.IsNewDestination && context.NewHosts > options.SomeTargets);
    }

    /// <summary>Whether the event is itself one more target; what the source asks again and again elsewhere is no part of a scan.</summary>
    private static bool IsPart(in NetworkContext context) => context.IsContact && (context.Event.IsFailed || context.IsNewDestination || context.IsNewPort);
}
