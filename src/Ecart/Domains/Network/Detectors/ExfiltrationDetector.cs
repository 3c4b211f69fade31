using Ecart.Detection;
using Ecart.Scoring;

namespace Ecart.Domains.Network.Detectors;

/// <summary>Very much data out to a new destination, told by the connection that passes the limit.</summary>
internal sealed class ExfiltrationDetector : IEventDetector<NetworkContext>
{
    /// <inheritdoc/>
    public void Evaluate(in NetworkContext context, Verdict verdict)
    {
        if (!IsExfiltration(in context)) return;
        verdict.Add(new(
            EvidenceCode.Exfiltration, 0, context.BytesToNew, double.NaN, context.Options.Exfiltration.Bytes, double.NaN, context.Event.DestinationAddress));
    }

    /// <summary>Whether the event passes the limit.</summary>
    public static bool IsExfiltration(in NetworkContext context)
    {
        double limit = context.Options.Exfiltration.Bytes;
        return context.BytesToNew > limit && (context.BytesToNewBefore <= limit || context.Event.BytesOut > limit);
    }
}
