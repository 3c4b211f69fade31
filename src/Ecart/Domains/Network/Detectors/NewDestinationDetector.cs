using Ecart.Detection;
using Ecart.Scoring;

namespace Ecart.Domains.Network.Detectors;

/// <summary>A destination never seen from this source, once the source is known.</summary>
internal sealed class NewDestinationDetector : IEventDetector<NetworkContext>
{
    /// <inheritdoc/>
    public void Evaluate(in NetworkContext context, Verdict verdict)
    {
        NewDestinationOptions options = context.Options.NewDestination;
        if (!context.IsNewDestination || context.EarlierEvents < options.MinimumConnections) return;
        verdict.Add(new(
            EvidenceCode.NewDestination, options.Contribution, context.EarlierEvents, double.NaN, options.MinimumConnections, double.NaN, context.Event.DestinationAddress));
    }
}
