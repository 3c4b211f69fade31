using Ecart.Detection;
using Ecart.Scoring;

namespace Ecart.Domains.Network.Detectors;

/// <summary>Regular connections to one outer destination over hours.</summary>
internal sealed class BeaconDetector : IEventDetector<NetworkContext>
{
    /// <inheritdoc/>
    public void Evaluate(in NetworkContext context, Verdict verdict)
    {
        if (!context.IsBeacon) return;
        verdict.Add(new(
            EvidenceCode.Beaconing, 0, context.IntervalSeconds, double.NaN, context.Options.Beacon.MaximumVariation, context.Regularity, context.Event.DestinationAddress));
    }

    /// <summary>Whether the event tells of a beacon; the next of the same beacon do not, for a day by default.</summary>
    public static bool IsTold(in NetworkContext context) => context.IsBeacon && !context.IsBeaconAnnounced;
}
