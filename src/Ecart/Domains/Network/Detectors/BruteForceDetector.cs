using Ecart.Detection;
using Ecart.Scoring;

namespace Ecart.Domains.Network.Detectors;

/// <summary>Many log-ins within minutes that failed, or look as if they did.</summary>
internal sealed class BruteForceDetector : IEventDetector<NetworkContext>
{
    /// <inheritdoc/>
    public void Evaluate(in NetworkContext context, Verdict verdict)
    {
        if (!IsBruteForce(in context)) return;
        verdict.Add(new(
            EvidenceCode.BruteForce, 0, context.FailedLogins, double.NaN, context.Options.BruteForce.Attempts, double.NaN, context.Event.DestinationAddress));
    }

    /// <summary>Whether the event is one of them.</summary>
    public static bool IsBruteForce(in NetworkContext context) => context.IsFailedLogin && context.FailedLogins >= context.Options.BruteForce.Attempts;
}
