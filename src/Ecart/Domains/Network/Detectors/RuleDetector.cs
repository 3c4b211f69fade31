using Ecart.Detection;
using Ecart.Scoring;

namespace Ecart.Domains.Network.Detectors;

/// <summary>The rules that the configuration adds to the built-in detectors.</summary>
internal sealed class RuleDetector : IEventDetector<NetworkContext>
{
    /// <inheritdoc/>
    public void Evaluate(in NetworkContext context, Verdict verdict) => context.Rules.Evaluate(in context, verdict);
}
