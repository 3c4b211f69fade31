using Ecart.Detection;
using Ecart.Scoring;

namespace Ecart.Domains.Network.Detectors;

/// <summary>An inner host that was let in, for administration, by several others that it never connected to before.</summary>
internal sealed class LateralDetector : IEventDetector<NetworkContext>
{
    /// <inheritdoc/>
    public void Evaluate(in NetworkContext context, Verdict verdict)
    {
        if (!IsLateral(in context)) return;
        verdict.Add(new(
            EvidenceCode.LateralMovement, 0, context.SpreadHosts, double.NaN, context.Options.Lateral.Hosts, double.NaN, context.Event.DestinationAddress));
    }

    /// <summary>Whether the event is one of the spreading.</summary>
    public static bool IsLateral(in NetworkContext context) => context.SpreadHosts >= context.Options.Lateral.Hosts;
}
